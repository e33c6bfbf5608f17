// Text by lines.
#pragma once

#include <string_view>

namespace parley::fuzz {

// Takes the first line off `text`, without its end.
inline std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace parley::fuzz
