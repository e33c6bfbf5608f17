// Points in time as the API tells them.
//
// Thread-safety: free functions without state.
#pragma once

#include <chrono>
#include <string>

namespace parley {

// RFC 3339 in UTC, "2026-11-27T17:00:00Z".
std::string utc_text(std::chrono::sys_seconds time);

}  // namespace parley
