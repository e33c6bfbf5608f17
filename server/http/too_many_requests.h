// The answer to a request of an address that has reached a limit (RFC 6585 section 4).
//
// Thread-safety: free functions without state.
#pragma once

#include <string_view>

#include "core/limits/limits.h"
#include "server/http/message.h"

namespace parley {

// In the API's form where `target` is the API's.
HttpResponse too_many_requests(std::string_view target, const Denial& denial);

}  // namespace parley
