#include "server/http/router.h"

#include "core/base/fields.h"
#include "core/signaling/types.h"
#include "server/http/missing_page.h"
#include "server/http/request_path.h"
#include "server/http/security_headers.h"

namespace parley {
namespace {

constexpr std::string_view room_prefix = "/r/";
constexpr std::string_view api_prefix = "/api/";
constexpr std::string_view health_path = "/healthz";

std::shared_ptr<const std::string> share(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

HttpResponse text_response(unsigned status, std::string_view mime_type, std::string body) {
  HttpResponse response{status, {}, share(std::move(body))};
  response.headers.emplace_back("Content-Type", mime_type);
  response.headers.emplace_back("Cache-Control", "no-store");
  add_security_headers(response, Exposure::Page);
  return response;
}

HttpResponse method_not_allowed(std::string_view allowed) {
  HttpResponse response = plain_response(405, "This address does not take that method.\n");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

HttpResponse health(Readiness readiness) {
  return readiness == Readiness::Serving ? plain_response(200, "ok\n")
                                         : plain_response(503, "draining\n");
}

// What the body is: type and coding.
void describe(HttpResponse& response, const Asset& asset, const Representation& representation) {
  response.headers.emplace_back("Content-Type", asset.mime_type);
  if (representation.coding != ContentCoding::Identity) {
    response.headers.emplace_back("Content-Encoding", name_of(representation.coding));
  }
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

Exposure exposure_of(const Asset& asset, std::string_view path) {
  if (path == "/embed.html") return Exposure::Embeddable;
  return asset.mime_type.starts_with("text/html") ? Exposure::Page : Exposure::Asset;
}

}  // namespace

Route Router::route(const HttpRequest& request, Readiness readiness,
                    std::string_view embedders) const {
  auto path = decode_path(request.target);
  if (!path) return plain_response(400, "The address is not valid.\n");

  if (*path == "/ws") {
    if (request.method != "GET") return method_not_allowed("GET");
    return OpenWebSocket{query_parameter(request.target, "room").value_or("")};
  }
  if (path->starts_with(api_prefix)) return CallApi{std::move(*path)};
  if (request.method != "GET" && request.method != "HEAD") return method_not_allowed("GET, HEAD");

  if (*path == health_path) return health(readiness);
  if (*path == "/metrics") return ScrapeMetrics{};
  if (*path == "/") return file(request, "/index.html");
  if (*path == "/embed") return file(request, "/embed.html", embedders);
  if (path->starts_with(room_prefix)) {
    return call_page(request, std::string_view(*path).substr(room_prefix.size()));
  }
  return file(request, *path, embedders);
}

HttpResponse Router::call_page(const HttpRequest& request, std::string_view room) const {
  if (!RoomId::accepts(room)) return not_found(request);
  return file(request, "/call.html");
}

HttpResponse Router::not_found(const HttpRequest& request) const {
  const Asset* page = assets_.find("/404.html");
  const Representation* chosen = page ? page->choose(request.accept_encoding) : nullptr;
  if (chosen == nullptr) return text_response(404, "text/html; charset=utf-8", missing_page());
  HttpResponse response{404, {}, chosen->content};
  describe(response, *page, *chosen);
  response.headers.emplace_back("Cache-Control", "no-store");
  add_security_headers(response, Exposure::Page);
  return response;
}

HttpResponse Router::file(const HttpRequest& request, std::string_view path,
                          std::string_view embedders) const {
  const Asset* asset = assets_.find(path);
  if (asset == nullptr) return not_found(request);
  const Representation* chosen = asset->choose(request.accept_encoding);
  if (chosen == nullptr) {
    return plain_response(406, "None of the encodings you accept is available.\n");
  }
  const bool is_known = request.if_none_match && matches_etag(*request.if_none_match, chosen->etag);
  HttpResponse response{is_known ? 304u : 200u, {}, is_known ? nullptr : chosen->content};
  describe(response, *asset, *chosen);
  response.headers.emplace_back("ETag", chosen->etag);
  response.headers.emplace_back("Cache-Control", asset->freshness == Freshness::Immutable
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  add_security_headers(response, exposure_of(*asset, path), embedders);
  return response;
}

bool asks_for_health(std::string_view target) { return decode_path(target) == health_path; }

HttpResponse plain_response(unsigned status, std::string_view text) {
  return text_response(status, "text/plain; charset=utf-8", std::string(text));
}

HttpResponse metrics_response(std::string exposition) {
  // Prometheus text format, version 0.0.4.
  return text_response(200, "text/plain; version=0.0.4; charset=utf-8", std::move(exposition));
}

}  // namespace parley
