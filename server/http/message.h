// A request and its answer as plain values, so that everything that decides about them is a
// function that needs no socket.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// The parts of a request that any answer depends on; views into the parsed request.
struct HttpRequest {
  std::string_view method;
  std::string_view target;
  std::optional<std::string_view> accept_encoding;
  std::optional<std::string_view> if_none_match;
};

struct HttpResponse {
  unsigned status = 200;
  std::vector<std::pair<std::string_view, std::string>> headers;
  // Shared with the asset store: files are sent from where they were loaded, without a copy.
  std::shared_ptr<const std::string> body;
};

}  // namespace parley
