#include "server/options/suggestion.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace parley {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // row[j]: the distance between what has been seen of `a` and the first j characters of `b`.
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view nearest(std::string_view mistyped, std::span<const std::string> known) {
  return *std::ranges::min_element(
      known, {}, [&](std::string_view candidate) { return edit_distance(mistyped, candidate); });
}

}  // namespace parley
