// Posts webhooks to one receiver, each over a connection of its own.
//
// Thread-safety: none; belongs to the thread that runs `context`. It may be made in another one.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "server/runtime/asio.h"
#include "server/webhooks/address_lookup.h"
#include "server/webhooks/webhook_options.h"

namespace parley {

class WebhookClient {
 public:
  // `lookup` is for the host in `options`. An attempt fails that takes longer than `patience`, from
  // the look-up of the address to the answer's headers. https is spoken with whose certificate one
  // of OpenSSL's authorities vouches for (those of the system; or SSL_CERT_FILE and SSL_CERT_DIR).
  WebhookClient(WebhookOptions options, std::chrono::milliseconds patience, AddressLookup lookup);
  ~WebhookClient();

  // Nothing when the receiver took it: it answered with a status from 200 to 299. Otherwise why
  // not, for the log. Redirects are not followed. `body` and the client must live until then.
  Task<std::optional<std::string>> post(asio::io_context& context, const std::string& body,
                                        std::chrono::sys_seconds now);

  // "HOST[:PORT]", for the log.
  const std::string& receiver() const { return options_.url.authority; }

 private:
  class Trust;

  const WebhookOptions options_;
  const std::chrono::milliseconds patience_;
  AddressLookup lookup_;
  std::unique_ptr<Trust> trust_;  // none: http
};

}  // namespace parley
