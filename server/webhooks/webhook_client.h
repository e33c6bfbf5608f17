// Posts one webhook at a time, each over a connection of its own.
//
// Thread-safety: none.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "server/runtime/asio.h"
#include "server/webhooks/webhook_options.h"

namespace parley {

class WebhookClient {
 public:
  // `options` must outlive it. https is spoken with whose certificate one of OpenSSL's authorities
  // vouches for (those of the system; or SSL_CERT_FILE and SSL_CERT_DIR).
  WebhookClient(const WebhookOptions& options, std::chrono::milliseconds patience);
  ~WebhookClient();

  // Nothing when the receiver took it: it answered with a status from 200 to 299. Otherwise why
  // not, for the log. Redirects are not followed. `body` must live until then.
  Task<std::optional<std::string>> post(asio::io_context& context, const std::string& body,
                                        std::chrono::sys_seconds now);

 private:
  class Trust;

  const WebhookOptions& options_;
  const std::chrono::milliseconds patience_;
  std::unique_ptr<Trust> trust_;  // none: http
};

}  // namespace parley
