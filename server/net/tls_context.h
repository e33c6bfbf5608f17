// How the server speaks TLS: a certificate and what clients may choose from (OpenSSL's SSL_CTX).
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "server/net/certificate.h"
#include "server/net/ticket_keys.h"

struct ssl_ctx_st;

namespace parley {

// Thread-safety: const after it is made; any number of threads may make sessions with it. Sessions
// keep what they need of it.
class TlsContext {
 public:
  // `tickets` must outlive the context and its sessions. The error is a sentence.
  static Result<TlsContext, std::string> make(Certificate certificate, TicketKeys& tickets);

  const Certificate& certificate() const { return certificate_; }
  ssl_ctx_st* native() const { return native_.get(); }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };

  TlsContext(Certificate certificate, ssl_ctx_st* native)
      : certificate_(std::move(certificate)), native_(native) {}

  Certificate certificate_;
  std::unique_ptr<ssl_ctx_st, Free> native_;
};

}  // namespace parley
