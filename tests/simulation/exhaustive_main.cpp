// parley-exhaustive [MOST_STATES]: every interleaving of messages and completions in a call of two:
// both join, with offer and answer, and then each side begins one negotiation of its own, at any
// moment, glare included. No time passes but what a renegotiation needs, so nothing that gets stuck
// is rescued by a deadline. Every state without a next step must be one in which both are
// connected.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tests/simulation/world.h"

namespace {

using namespace parley;
using namespace parley::simulation;

constexpr std::size_t people = 2;

// Two independent 64-bit hashes (FNV-1a and a multiplicative one): a false match among some
// millions of states is then as good as impossible.
struct Fingerprint {
  std::uint64_t one = 0xcbf29ce484222325ULL;
  std::uint64_t other = 0x9e3779b97f4a7c15ULL;

  explicit Fingerprint(std::string_view text) {
    for (const char character : text) {
      const auto byte = static_cast<unsigned char>(character);
      one = (one ^ byte) * 0x100000001b3ULL;
      other = (other + byte) * 0xff51afd7ed558ccdULL;
      other ^= other >> 29;
    }
  }
  bool operator==(const Fingerprint&) const = default;
};
struct FingerprintHash {
  std::size_t operator()(const Fingerprint& print) const { return print.one ^ print.other; }
};

// A world, and which of the two may still begin a negotiation.
struct State {
  World world;
  std::array<bool, people> may_negotiate{true, true};
  std::vector<std::string> trail;
};

bool can_negotiate(const State& state, std::size_t tab) {
  const auto& view = state.world.tabs()[tab].call.view();
  return state.may_negotiate[tab] && !view.participants.empty() &&
         view.participants.front().state == PeerState::Connected;
}

// The side is told that its path failed, and does what it does about it.
void negotiate(State& state, std::size_t number) {
  state.may_negotiate[number] = false;
  auto& tab = state.world.tabs()[number];
  const auto link = *tab.call.view().participants.front().link;
  tab.connections.at(link).set_path(PathState::Failed);
  state.world.feed(number, input::LinkPath{link, PathState::Failed});
  state.world.jump_clock(number, RecoveryPolicy::yield);
  state.world.feed(number, input::Tick{});
}

std::string describe(const Choice& choice) {
  constexpr std::array<std::string_view, 8> names{"up",   "down",      "link", "media",
                                                  "path", "reception", "tick", "room-tick"};
  return std::string(names[static_cast<std::size_t>(choice.kind)]) + " of " +
         std::to_string(choice.tab);
}

class Search {
 public:
  explicit Search(std::size_t most_states) : most_states_(most_states) {}

  int run() {
    State begin{World(1, {}), {true, true}, {}};
    for (std::size_t person = 0; person < people; ++person) {
      begin.world.add_tab(person == 0 ? "a" : "b");
      begin.world.feed(person, input::Open{RoomId("simulated"), false, false, {}, {}, {}});
      begin.world.feed(person, input::JoinRoom{Name()});
    }
    visit(std::move(begin));
    while (!stack_.empty() && failure_.empty() && seen_.size() < most_states_) {
      const auto state = std::move(stack_.back());
      stack_.pop_back();
      expand(state);
    }
    const bool is_complete = stack_.empty();
    std::printf("%zu states, %zu transitions, %zu ends, deepest %zu steps, %s\n", seen_.size(),
                transitions_, ends_, deepest_,
                is_complete ? "all explored" : "stopped at the bound");
    if (failure_.empty()) {
      std::printf("none dead-locked\n");
      return 0;
    }
    std::printf("failed: %s\n", failure_.c_str());
    return 1;
  }

 private:
  void expand(const State& state) {
    const auto choices = state.world.choices(false);
    const auto alone = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
      return state.world.commutes(choice);
    });
    if (alone != choices.end()) {
      auto next = state;
      next.world.take(*alone);
      next.trail.push_back(describe(*alone));
      return visit(std::move(next));
    }
    bool has_next = !choices.empty();
    for (const auto& choice : choices) {
      auto next = state;
      next.world.take(choice);
      next.trail.push_back(describe(choice));
      visit(std::move(next));
    }
    for (std::size_t tab = 0; tab < people; ++tab) {
      if (!can_negotiate(state, tab)) continue;
      has_next = true;
      auto next = state;
      negotiate(next, tab);
      next.trail.push_back("negotiate by " + std::to_string(tab));
      visit(std::move(next));
    }
    if (has_next) return;
    ++ends_;
    if (const auto disagreement = state.world.disagreement()) fail(state, *disagreement);
  }

  void visit(State state) {
    ++transitions_;
    if (state.world.first_violation()) return fail(state, *state.world.first_violation());
    auto text = state.world.fingerprint();
    for (const bool may : state.may_negotiate) text += may ? '1' : '0';
    if (!seen_.emplace(text).second) return;
    deepest_ = std::max(deepest_, state.trail.size());
    stack_.push_back(std::move(state));
  }

  void fail(const State& state, const std::string& why) {
    failure_ = why + "\n";
    for (const auto& step : state.trail) failure_ += "  " + step + "\n";
  }

  std::size_t most_states_;
  std::vector<State> stack_;
  std::unordered_set<Fingerprint, FingerprintHash> seen_;
  std::size_t transitions_ = 0;
  std::size_t ends_ = 0;
  std::size_t deepest_ = 0;
  std::string failure_;
};

}  // namespace

int main(int argument_count, char** arguments) {
  const std::size_t most = argument_count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 300'000;
  return Search(most).run();
}
