// A line of the log for programs.
//
// Thread-safety: any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace parley::log {

// An object with `time` (RFC 3339, UTC, milliseconds), `level`, `event` and `message`, and the line
// end. What is no UTF-8 in `message` (a file's name may be anything) becomes question marks.
std::string json_line(std::chrono::system_clock::time_point time, std::string_view level,
                      std::string_view event, std::string_view message);

}  // namespace parley::log
