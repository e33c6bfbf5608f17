// Dates as HTTP writes them (RFC 9110 section 5.6.7).
#pragma once

#include <chrono>
#include <string>

namespace parley {

// E.g. "Sun, 06 Nov 1994 08:49:37 GMT". Thread-safety: any thread.
std::string http_date(std::chrono::system_clock::time_point time);

}  // namespace parley
