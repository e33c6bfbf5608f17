#include "core/call/call.h"

#include <algorithm>

#include "core/base/json_codec.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/lines.h"
#include "tests/fuzz/start_states.h"

namespace parley::fuzz {
namespace {

// Of one input: each participant's link is closed and made anew, with its candidates (64 may wait),
// and a room has up to limits::participants of them.
constexpr std::size_t most_outputs = limits::participants * 80;

void feed(Call& call, const Input& input, Timestamp now) {
  call.handle(input, now);
  std::size_t outputs = 0;
  while (const auto output = call.poll()) {
    check(++outputs <= most_outputs, "a call asks for a bounded number of things");
  }
}

}  // namespace

void call(std::string_view bytes) {
  const auto& states = start_states();
  const auto name = take_line(bytes);
  const auto chosen = std::ranges::find(states, name, &StartState::name);
  if (chosen == states.end()) return;
  Call call = chosen->call;
  Timestamp now = chosen->now;
  while (!bytes.empty()) {
    const auto line = take_line(bytes);
    // A tick is what time brings: the longest wait is over.
    if (line == "tick") {
      if (const auto timeout = call.next_timeout()) now = std::max(now, timeout->at);
      feed(call, input::Tick{}, now);
    } else if (const auto input = from_json<Input>(line)) {
      feed(call, *input, now);
    }
  }
  const auto snapshot = to_json(call);
  const auto restored = from_json<Call>(snapshot);
  check(restored && to_json(*restored) == snapshot, "a call is what its snapshot says");
}

}  // namespace parley::fuzz
