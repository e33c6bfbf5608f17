// A story as the tests write it down: a line each, with one before the first.
#pragma once

#include <string>
#include <vector>

namespace parley {

inline std::string story_text(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace parley
