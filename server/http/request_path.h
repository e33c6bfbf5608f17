// What a request's target (RFC 9112 section 3.2) asks for.
//
// Thread-safety: free functions without state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley {

// The path of `target`, percent-decoded once and with empty and "." segments taken out, "/" first.
// Nothing when it is not a valid path: a percent sign without two hexadecimal digits, a NUL, a
// backslash, a ".." segment or invalid UTF-8 after decoding. Decoding comes before the check, and
// happens once, so no encoding of a dot or a slash gets past it.
std::optional<std::string> decode_path(std::string_view target);

// The decoded value of the first query parameter called `name`; nothing when there is none or it is
// not validly encoded.
std::optional<std::string> query_parameter(std::string_view target, std::string_view name);

}  // namespace parley
