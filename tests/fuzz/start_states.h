// Calls in every state that a person can see, each taken from a simulated call that reached it.
//
// Thread-safety: the first use makes them; read-only afterwards.
#pragma once

#include <string_view>
#include <vector>

#include "core/call/call.h"

namespace parley::fuzz {

struct StartState {
  std::string_view name;
  Call call;
  Timestamp now;
};

const std::vector<StartState>& start_states();

}  // namespace parley::fuzz
