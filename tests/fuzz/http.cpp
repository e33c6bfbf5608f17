#include <array>
#include <string>
#include <variant>

#include "core/base/json_document.h"
#include "server/api/bearer.h"
#include "server/api/token_order.h"
#include "server/http/origin.h"
#include "server/http/request_path.h"
#include "server/http/router.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {
namespace {

// Line `number`, from 0; empty where there are not so many.
std::string_view line(std::string_view text, int number) {
  for (; number > 0; --number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

void check_response(const HttpResponse& response) {
  check(response.status >= 200 && response.status < 500, "nothing of a request is our fault");
  for (const auto& [name, value] : response.headers) {
    check(value.find_first_of("\r\n") == std::string::npos, "no header is smuggled in");
  }
}

}  // namespace

void http(std::string_view bytes) {
  static const AssetStore assets;
  static const Router router(assets);
  const HttpRequest request{line(bytes, 0), line(bytes, 1), line(bytes, 2), line(bytes, 3)};
  const Route route = router.route(request, Readiness::Serving);
  if (const auto* response = std::get_if<HttpResponse>(&route)) check_response(*response);
  if (const auto path = decode_path(request.target)) {
    check(path->starts_with('/') && path->find("/../") == std::string::npos,
          "a path stays inside of the root");
  }

  if (const auto shown = bearer_of(request.target)) {
    check(request.target.ends_with(*shown), "what is shown is part of the header");
  }
  const auto ordered = read_token_order(bytes, {});
  if (!ordered) {
    check_response(ordered.error());
    check(JsonDocument::parse(*ordered.error().body).has_value(), "the API speaks JSON");
  } else {
    check(RoomId::accepts(ordered->room.value()) && !ordered->identity.empty(),
          "a token is for somebody and a room");
  }

  const std::string_view origin = line(bytes, 3);
  const std::string_view host = line(bytes, 2);
  const std::string allowed(line(bytes, 4));
  if (!is_origin_pattern(allowed)) return;
  const std::string embedders = frame_ancestors({allowed});
  check(embedders.find_first_of(";\r\n,") == std::string::npos, "CSP stays one directive");
  if (may_connect(origin, host, {"self"})) {
    check(may_connect(origin, host, {allowed}), "the server's own pages always may");
  }
}

}  // namespace parley::fuzz
