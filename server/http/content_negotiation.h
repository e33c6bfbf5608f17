// Which form of a file a client gets: its content coding (RFC 9110 section 12.5.3), or none at all
// because it has the file already (section 13.1.2).
//
// Thread-safety: free functions without state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace parley {

// In order of preference where the client has none: the smaller first.
enum class ContentCoding : std::uint8_t { Brotli, Gzip, Identity };
constexpr auto names_of(ContentCoding) {
  return std::array<std::string_view, 3>{"br", "gzip", "identity"};
}

// The best of `available` for a client that sent `accept_encoding` (nothing: it sent none, and gets
// the identity). Nothing when the client accepts none of them.
std::optional<ContentCoding> choose_coding(std::optional<std::string_view> accept_encoding,
                                           std::span<const ContentCoding> available);

// Whether the header If-None-Match names `etag`. Comparison is the weak one (section 8.8.3.2), so a
// proxy that weakened the tag still gets its 304.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace parley
