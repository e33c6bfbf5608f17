// Decides what answers a request: a file, a page, or one of the things that need more than the
// request (figures from every shard, a WebSocket, the API).
//
// Thread-safety: const after construction; any number of threads may call route().
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "server/http/asset_store.h"
#include "server/http/message.h"

namespace parley {

// The answer is the text of all figures; see metrics/exposition.h.
struct ScrapeMetrics {};

// The request may become a WebSocket; see upgrade.h.
struct OpenWebSocket {
  // The value of "room" in the query: a hint where the connection is best served. Unchecked.
  std::string room_hint;
};

// The API answers; see api/api.h.
struct CallApi {
  std::string path;  // decoded
};

using Route = std::variant<HttpResponse, ScrapeMetrics, OpenWebSocket, CallApi>;

enum class Readiness : std::uint8_t {
  Serving,
  Draining,  // connections are being ended in good order; no new WebSocket
  Stopping,  // connections are being dropped; nothing new at all
};

class Router {
 public:
  // `assets` must outlive the router.
  explicit Router(const AssetStore& assets) : assets_(assets) {}

  // `embedders` is CSP's frame-ancestors of the page that other sites may put in a frame.
  Route route(const HttpRequest& request, Readiness readiness,
              std::string_view embedders = "*") const;

 private:
  HttpResponse call_page(const HttpRequest& request, std::string_view room) const;
  // The web folder's own page for it, where there is one.
  HttpResponse not_found(const HttpRequest& request) const;
  HttpResponse file(const HttpRequest& request, std::string_view path,
                    std::string_view embedders = "*") const;

  const AssetStore& assets_;
};

// Whether `target` is the path that tells that the server is well.
bool asks_for_health(std::string_view target);

// A short text answer, e.g. for a request that could not be parsed.
HttpResponse plain_response(unsigned status, std::string_view text);

// The figures as Prometheus expects them.
HttpResponse metrics_response(std::string exposition);

}  // namespace parley
