// Finds what somebody meant who mistyped a name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace parley {

// Levenshtein's distance: how many characters to insert, delete or replace.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The member of `known` nearest to `mistyped`; of equally near ones the first. Precondition:
// `known` is not empty.
std::string_view nearest(std::string_view mistyped, std::span<const std::string> known);

}  // namespace parley
