#include "server/http/https_redirect.h"

#include <string>

#include "server/http/request_path.h"
#include "server/http/router.h"

namespace parley {
namespace {

// RFC 9112 section 3.2.3: a host is a name or an address, perhaps with a port.
bool is_plain_host(std::string_view host) {
  return !host.empty() && host.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                              "XYZ0123456789-_.:[]") == std::string_view::npos;
}

bool has_port(std::string_view host) {
  // In "[::1]" the colons are the address's.
  const auto colon = host.rfind(':');
  return colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
}

constexpr std::uint16_t http_port = 80;  // what an address without a port means

}  // namespace

std::optional<HttpResponse> redirect_to_https(const HttpRequest& request, std::string_view host,
                                              std::uint16_t port) {
  if (decode_path(request.target) == "/healthz") return std::nullopt;
  if (!request.target.starts_with('/') || !is_plain_host(host)) {
    return plain_response(400, "Use https.\n");
  }
  std::string location = "https://" + std::string(host);
  // Where we listen on 80 ourselves, that is where TLS is. Where somebody passes connections on to
  // us from there, they do so from 443, too.
  if (!has_port(host) && port == http_port) location += ":" + std::to_string(http_port);
  location += request.target;
  HttpResponse response = plain_response(308, "This is to be had by https only.\n");
  response.headers.emplace_back("Location", std::move(location));
  return response;
}

}  // namespace parley
