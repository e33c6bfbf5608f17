// The server's log: spdlog, with a name for each kind of line, so that programs need not read
// sentences. Names are stable; docs/operating.md lists them.
//
// Thread-safety: any thread, but for set_up().
#pragma once

#include <spdlog/spdlog.h>

#include <string>
#include <utility>

#include "core/net/address.h"
#include "server/logging/log_options.h"

namespace parley::log {

// Log lines go to standard error from now on, as `options` say. Before threads start.
void set_up(const LogOptions& options);

// The same while the server runs. Any thread.
void change(const LogOptions& options);

// An address of a client as the log may hold it.
std::string shown(const IpAddress& address);

template <class... Arguments>
void write(spdlog::level::level_enum level, const char* event,
           spdlog::format_string_t<Arguments...> format, Arguments&&... arguments) {
  // spdlog has no field for it; of the place in the source nothing else is used.
  spdlog::default_logger_raw()->log(spdlog::source_loc{"", 1, event}, level, format,
                                    std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void debug(const char* event, spdlog::format_string_t<Arguments...> format,
           Arguments&&... arguments) {
  write(spdlog::level::debug, event, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void info(const char* event, spdlog::format_string_t<Arguments...> format,
          Arguments&&... arguments) {
  write(spdlog::level::info, event, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void warn(const char* event, spdlog::format_string_t<Arguments...> format,
          Arguments&&... arguments) {
  write(spdlog::level::warn, event, format, std::forward<Arguments>(arguments)...);
}

template <class... Arguments>
void error(const char* event, spdlog::format_string_t<Arguments...> format,
           Arguments&&... arguments) {
  write(spdlog::level::err, event, format, std::forward<Arguments>(arguments)...);
}

}  // namespace parley::log
