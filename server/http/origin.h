// Which sites may use the server from their pages (RFC 6454).
//
// A browser tells with each WebSocket from which site the page is; other programs need not, and are
// not held up: they could say what they like. So this keeps out other people's pages, not other
// people's programs.
//
// Thread-safety: free functions without state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Whether `text` is what an operator may allow: "https://shop.example", with a port where it is not
// the scheme's own; "https://*.shop.example" for all names below; "null"; "*" for all; "self" for
// the server's own pages, which are allowed anyway.
bool is_origin_pattern(std::string_view text);

// Whether a page of `origin` (nothing: the header is absent) may connect to the server that it
// addressed as `host` (the Host header). Its own pages always may.
bool may_connect(std::optional<std::string_view> origin, std::string_view host,
                 const std::vector<std::string>& allowed);

// The value of CSP's frame-ancestors that lets pages of `embedders` (patterns as above) and the
// server's own put a page into a frame.
std::string frame_ancestors(const std::vector<std::string>& embedders);

}  // namespace parley
