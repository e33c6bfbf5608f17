#include "server/options/arguments/declare.h"

#include <algorithm>
#include <cctype>

namespace parley {

std::string environment_name(std::string option) {
  std::ranges::replace(option, '-', '_');
  std::ranges::transform(option, option.begin(), [](unsigned char c) { return std::toupper(c); });
  return "PARLEY_" + option;
}

}  // namespace parley
