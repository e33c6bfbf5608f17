// The key in a request's header (RFC 6750).
//
// Thread-safety: free functions without state.
#pragma once

#include <optional>
#include <string_view>

namespace parley {

// What stands behind "Bearer" in the Authorization header `value`; nothing where that is of another
// scheme.
std::optional<std::string_view> bearer_of(std::string_view value);

}  // namespace parley
