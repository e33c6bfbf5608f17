// What `parley doctor` finds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

enum class Grade : std::uint8_t {
  Good,
  Note,     // works, and the operator should know
  Problem,  // keeps calls, or some of them, from working
};
constexpr auto names_of(Grade) { return std::array<std::string_view, 3>{"ok", "note", "problem"}; }

struct Finding {
  Grade verdict = Grade::Good;
  std::string subject;  // one word or two
  std::string text;     // what is the case: a sentence
  std::string remedy;   // what to change: a sentence; empty: nothing
};

using Findings = std::vector<Finding>;

}  // namespace parley
