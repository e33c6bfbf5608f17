// One input of a call and everything that followed from it at once.
#pragma once

#include <algorithm>
#include <variant>
#include <vector>

#include "core/base/time.h"
#include "core/call/input.h"
#include "core/call/output.h"

namespace parley::story {

struct Turn {
  Timestamp at;
  Input input;
  std::vector<Output> outputs;

  template <class What>
  bool is() const {
    return std::holds_alternative<What>(input);
  }

  // The first output of this type for which `fits(output)` holds, or null.
  template <class What, class Predicate>
  const What* find(Predicate fits) const {
    for (const auto& output : outputs) {
      const auto* const candidate = std::get_if<What>(&output);
      if (candidate && fits(*candidate)) return candidate;
    }
    return nullptr;
  }
  template <class What>
  const What* find() const {
    return find<What>([](const What&) { return true; });
  }
};

}  // namespace parley::story
