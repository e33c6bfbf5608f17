// The headers that tell a browser what a page of ours may do, and what other sites may do with it.
#pragma once

#include <cstdint>
#include <string_view>

#include "server/http/message.h"

namespace parley {

enum class Exposure : std::uint8_t {
  Page,        // shown by our own site only
  Embeddable,  // a page that other sites may put in a frame
  Asset,       // scripts, WASM, images: other sites embed the widget by loading them
};

// Appends the headers for an answer of that kind to `response`. `embedders` is CSP's
// frame-ancestors of what is Embeddable.
void add_security_headers(HttpResponse& response, Exposure exposure,
                          std::string_view embedders = "*");

}  // namespace parley
