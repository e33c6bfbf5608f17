// parley-exhaustive: every interleaving of messages and completions in a call of two, in which both
// join, with offer and answer, and then
//
//   - one of them finds its path failed at any moment, and begins a successor of the link; no time
//     passes but what that needs, so that nothing that gets stuck is rescued by a deadline;
//   - both do, each at any moment, glare included: more states than can be looked at, so that the
//     search goes to a bound;
//   - the socket of either breaks once, at any moment, and both ends find out when they will;
//   - the path breaks once, at any moment, and both ends find out when they will.
//
// In the latter two, time passes only where nothing else can happen any more. Every state without a
// next step must be one in which both are connected.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "tests/simulation/world.h"

namespace {

using namespace parley;
using namespace parley::simulation;

constexpr std::size_t people = 2;

// More than any search that is to be a whole one needs.
constexpr std::size_t all_states = 3'000'000;

// Half a minute.
constexpr std::size_t affordable_states = 400'000;

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

// What may still befall a call.
struct Allowance {
  std::array<bool, people> negotiations{};
  std::size_t socket_losses = 0;
  std::size_t path_breaks = 0;
};

// Without patience no timer rings at all.
struct Configuration {
  std::string_view name;
  Allowance allowance;
  Duration patience;
  std::size_t most_states = all_states;
  bool may_stop_there() const { return most_states < all_states; }
};

// The server keeps who is away for 15 s, and one who joined without hearing of it joins again as
// somebody else; then the path is tried anew.
constexpr Duration patience_after_losses = Duration::seconds(45);

constexpr std::array configurations{
    Configuration{"successor by the earlier", {{true, false}, 0, 0}, {}},
    Configuration{"successor by the later", {{false, true}, 0, 0}, {}},
    Configuration{"successors by both", {{true, true}, 0, 0}, {}, affordable_states},
    Configuration{"loss of a socket", {{}, 1, 0}, patience_after_losses},
    Configuration{"loss of the path", {{}, 0, 1}, patience_after_losses},
};

struct State {
  World world;
  Allowance may;
  std::vector<std::string> trail;
};

bool can_negotiate(const State& state, std::size_t tab) {
  const auto& view = state.world.tabs()[tab].call.view();
  return state.may.negotiations[tab] && !view.participants.empty() &&
         view.participants.front().state == PeerState::Connected;
}

// The side is told that its path failed, and does what it does about it.
void negotiate(State& state, std::size_t number) {
  state.may.negotiations[number] = false;
  auto& tab = state.world.tabs()[number];
  const auto link = *tab.call.view().participants.front().link;
  tab.connections.at(link).set_path(PathState::Failed);
  state.world.feed(number, input::LinkPath{link, PathState::Failed});
  state.world.jump_clock(number, RecoveryPolicy().yield);
  state.world.feed(number, input::Tick{});
}

bool has_live_socket(const Tab& tab) {
  return std::any_of(tab.sockets.begin(), tab.sockets.end(), [](const Socket& socket) {
    return !socket.is_closing && socket.line == Socket::Line::Open;
  });
}

bool is_any_path_up(const World& world) {
  return std::any_of(world.tabs().begin(), world.tabs().end(), [](const Tab& tab) {
    return std::any_of(tab.connections.begin(), tab.connections.end(), [](const auto& entry) {
      return entry.second.path() == PathState::Connected;
    });
  });
}

class Search {
 public:
  explicit Search(const Configuration& configuration) : configuration_(configuration) {}

  // Whether every state was looked at, or as many as are to be, and every end was a good one.
  bool run() {
    State begin{World(1, {}), configuration_.allowance, {}};
    for (std::size_t person = 0; person < people; ++person) {
      begin.world.add_tab(person == 0 ? "a" : "b");
      begin.world.feed(person, input::Open{RoomId("simulated"), false, false, {}, {}, {}});
      begin.world.feed(person, input::JoinRoom{Name()});
    }
    visit(std::move(begin));
    while (!stack_.empty() && failure_.empty() && seen_.size() < configuration_.most_states) {
      const auto state = std::move(stack_.back());
      stack_.pop_back();
      expand(state);
    }
    std::printf(
        "%.*s: %zu states, %zu transitions, %zu ends, deepest %zu steps, longest %.1f s, %s, %s\n",
        static_cast<int>(configuration_.name.size()), configuration_.name.data(), seen_.size(),
        transitions_, ends_, deepest_,
        static_cast<double>(longest_.count_microseconds()) / 1'000'000,
        stack_.empty() ? "all explored" : "stopped at the bound",
        failure_.empty() ? "none dead-locked" : "failed");
    if (!failure_.empty()) std::printf("failed: %s\n", failure_.c_str());
    return failure_.empty() && (stack_.empty() || configuration_.may_stop_there());
  }

 private:
  bool lets_time_pass() const { return configuration_.patience > Duration(); }

  // Timers that ring now race with everything else; later ones wait until nothing else can happen.
  std::vector<Choice> choices_of(const World& world) const {
    auto choices = world.choices(lets_time_pass());
    std::erase_if(choices, [&](const Choice& choice) {
      const bool is_timer =
          choice.kind == Choice::Kind::Tick || choice.kind == Choice::Kind::RoomTick;
      return is_timer && choice.at > world.now();
    });
    return choices;
  }

  // A signal that has left a socket is safe from that socket's loss, so that the order matters as
  // long as there may be one.
  static bool goes_alone(const State& state, const Choice& choice) {
    if (choice.kind == Choice::Kind::Up && state.may.socket_losses > 0) return false;
    return state.world.commutes(choice);
  }

  void expand(const State& state) {
    const auto choices = choices_of(state.world);
    const auto alone = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
      return goes_alone(state, choice);
    });
    if (alone != choices.end()) return take(state, *alone);
    for (const auto& choice : choices) take(state, choice);
    const bool has_mishap = befall(state);
    if (choices.empty() && !has_mishap) settle(state);
    // What may happen need not.
    if (choices.empty() && has_mishap && lets_time_pass()) settle(state);
  }

  void take(const State& state, const Choice& choice) {
    go_on(state, std::string(name_of(choice.kind)) + " of " + std::to_string(choice.tab),
          [&](State& next) { next.world.take(choice); });
  }

  // Everything that may happen to the call at this moment. False where nothing may.
  bool befall(const State& state) {
    bool has_next = false;
    for (std::size_t tab = 0; tab < people; ++tab) {
      if (can_negotiate(state, tab)) {
        has_next = true;
        go_on(state, "negotiate by " + std::to_string(tab),
              [&](State& next) { negotiate(next, tab); });
      }
      if (state.may.socket_losses > 0 && has_live_socket(state.world.tabs()[tab])) {
        has_next = true;
        go_on(state, "socket of " + std::to_string(tab) + " breaks", [&](State& next) {
          --next.may.socket_losses;
          next.world.drop_socket(tab);
        });
      }
    }
    if (state.may.path_breaks > 0 && is_any_path_up(state.world)) {
      has_next = true;
      go_on(state, "path breaks", [](State& next) {
        --next.may.path_breaks;
        next.world.break_path(0, 1);
      });
    }
    return has_next;
  }

  void settle(const State& state) {
    const auto disagreement = state.world.disagreement();
    if (!disagreement) {
      ++ends_;
      longest_ = std::max(longest_, state.world.now() - Timestamp());
      return;
    }
    if (state.world.now() - Timestamp() >= configuration_.patience) {
      return fail(state, *disagreement);
    }
    go_on(state, "time passes", [](State& next) { next.world.take_next(); });
  }

  template <class Happen>
  void go_on(const State& state, std::string what, Happen happen) {
    auto next = state;
    happen(next);
    next.trail.push_back(std::move(what));
    visit(std::move(next));
  }

  void visit(State state) {
    ++transitions_;
    if (state.world.first_violation()) return fail(state, *state.world.first_violation());
    auto text = state.world.fingerprint();
    for (const bool may : state.may.negotiations) text += may ? '1' : '0';
    text += std::to_string(state.may.socket_losses) + std::to_string(state.may.path_breaks);
    text += std::to_string(state.world.now().count_microseconds());
    if (!seen_.emplace(text).second) return;
    deepest_ = std::max(deepest_, state.trail.size());
    stack_.push_back(std::move(state));
  }

  void fail(const State& state, const std::string& why) {
    failure_ = why + "\n";
    for (const auto& step : state.trail) failure_ += "  " + step + "\n";
  }

  const Configuration& configuration_;
  std::vector<State> stack_;
  std::unordered_set<Fingerprint, FingerprintHash> seen_;
  std::size_t transitions_ = 0;
  std::size_t ends_ = 0;
  std::size_t deepest_ = 0;
  Duration longest_;
  std::string failure_;
};

}  // namespace

int main() {
  bool all_good = true;
  for (const auto& configuration : configurations) {
    all_good &= Search(configuration).run();
  }
  return all_good ? 0 : 1;
}
