#include "server/api/bearer.h"

#include <algorithm>

namespace parley {

std::optional<std::string_view> bearer_of(std::string_view value) {
  // RFC 9110 section 11.1: the scheme's name is in either case, with spaces behind it.
  constexpr std::string_view scheme = "bearer ";
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  if (value.size() < scheme.size() ||
      !std::equal(scheme.begin(), scheme.end(), value.begin(),
                  [&](char expected, char given) { return expected == lower(given); })) {
    return std::nullopt;
  }
  value.remove_prefix(std::min(value.find_first_not_of(' ', scheme.size()), value.size()));
  return value;
}

}  // namespace parley
