// What a server with TLS says to requests without, and to all others, so that there are none again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "server/http/message.h"

namespace parley {

// The answer to a request that came unencrypted on `port`, with `host` as its Host header, where
// the server has TLS: the same address by https. Nothing for /healthz, which is answered as it is:
// balancers and supervisors that ask for it address a machine, not the name in the certificate;
// many take a redirect for "up", also while the server drains; and it tells nothing. Any thread.
std::optional<HttpResponse> redirect_to_https(const HttpRequest& request, std::string_view host,
                                              std::uint16_t port);

// The value of Strict-Transport-Security (RFC 6797): browsers use https only, for a year from each
// visit. Not where the certificate is self-signed: browsers then no longer let people in who want
// to trust it. Nothing is said of subdomains, which may be other people's.
constexpr std::string_view strict_transport_security = "max-age=31536000";

}  // namespace parley
