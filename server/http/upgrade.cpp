#include "server/http/upgrade.h"

#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "core/signaling/messages.h"
#include "server/http/router.h"

namespace parley {
namespace {

namespace http = boost::beast::http;

// RFC 9110 section 15.5.22 and RFC 6455 section 4.2.2: 426 says what to upgrade to.
HttpResponse upgrade_required() {
  HttpResponse response =
      plain_response(426, "This address takes WebSockets only (version 13, parley.v1).\n");
  response.headers.emplace_back("Upgrade", "websocket");
  response.headers.emplace_back("Connection", "Upgrade");
  response.headers.emplace_back("Sec-WebSocket-Version", "13");
  return response;
}

bool offers_subprotocol(const http::request<http::string_body>& request) {
  for (const auto& token : http::token_list(request[http::field::sec_websocket_protocol])) {
    if (std::string_view(token.data(), token.size()) == subprotocol) return true;
  }
  return false;
}

// RFC 6455 section 4.1: 16 bytes in base64.
bool has_valid_key(const http::request<http::string_body>& request) {
  const auto key = request[http::field::sec_websocket_key];
  return key.size() == 24 && key.ends_with("==");
}

}  // namespace

std::optional<HttpResponse> refuse_upgrade(const http::request<http::string_body>& request) {
  if (!http::token_list(request[http::field::upgrade]).exists("websocket") ||
      request[http::field::sec_websocket_version] != "13") {
    return upgrade_required();
  }
  if (!boost::beast::websocket::is_upgrade(request) || !has_valid_key(request)) {
    return plain_response(400, "This is not a valid request for a WebSocket.\n");
  }
  if (!offers_subprotocol(request)) {
    return plain_response(400, "Offer the subprotocol parley.v1 (Sec-WebSocket-Protocol).\n");
  }
  return std::nullopt;
}

}  // namespace parley
