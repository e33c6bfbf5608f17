#include "tests/simulation/scenario.h"

#include <algorithm>

#include "core/journal/replay.h"

namespace parley::simulation {
namespace {

using Kind = Step::Kind;

// How long after the last step everything must have settled: the server forgets who is away after
// 15 s, and a path that broke twice is tried again for about as long.
constexpr Duration quiet_time = Duration::seconds(90);

// A call of a few people for a few minutes has some thousand events; more mean that something
// spins.
constexpr std::size_t most_events = 100'000;

// The pages of one person; the last one is in front of them.
class Run {
 public:
  Run(const Scenario& scenario, bool is_recorded)
      : scenario_(scenario),
        is_recorded_(is_recorded),
        world_(scenario.seed, scenario.delays),
        front_(scenario.people) {}

  RunReport execute() {
    for (const auto& step : scenario_.steps) {
      run_until(step.at);
      world_.advance_to(step.at);
      if (!report_.failure) perform(step);
    }
    auto last = scenario_.steps.empty() ? Timestamp() : scenario_.steps.back().at;
    for (const auto& tab : world_.tabs()) last = std::max(last, tab.nap.until);
    run_until(last + quiet_time);
    if (!report_.failure) report_.failure = world_.first_violation();
    if (!report_.failure) report_.failure = world_.disagreement();
    if (!report_.failure) report_.failure = world_.surplus();
    report_.ended = world_.now();
    if (is_recorded_) collect_journals();
    return report_;
  }

 private:
  void collect_journals() {
    for (const auto& tab : world_.tabs()) {
      report_.journals.push_back(tab.journal->text());
      const auto replayed = replay(report_.journals.back());
      if (replayed.difference && !report_.failure) {
        report_.failure = tab.name + " does not replay: " + replayed.difference->actual;
      }
    }
  }

  void run_until(Timestamp end) {
    while (!report_.failure) {
      const auto all = world_.choices(true);
      const auto next = std::min_element(
          all.begin(), all.end(),
          [](const Choice& left, const Choice& right) { return left.at < right.at; });
      if (next == all.end() || next->at > end) return;
      world_.advance_to(next->at);
      world_.take(*next);
      if (++report_.events > most_events) report_.failure = "too many events: something spins";
      if (world_.first_violation()) report_.failure = world_.first_violation();
    }
  }

  void perform(const Step& step) {
    if (step.kind == Kind::RestartServer) {
      return world_.restart_server(Duration::seconds(step.detail));
    }
    auto& front = front_[step.person];
    if (step.kind == Kind::Open || step.kind == Kind::OpenRefused) {
      if (front) return;
      front = open(step.person, std::nullopt);
      if (step.kind == Kind::OpenRefused) {
        world_.tabs()[*front].devices.refuse(
            {MediaProblem::InUse, MediaProblem::DeniedByUser, MediaProblem::NotFound});
      }
      return;
    }
    if (!front || world_.tabs()[*front].is_gone) return;
    const auto tab = *front;
    // In front of a page that sleeps nobody does anything.
    if (world_.tabs()[tab].nap.until > world_.now()) return;
    switch (step.kind) {
      case Kind::Open:
      case Kind::OpenRefused:
      case Kind::RestartServer:
        return;
      case Kind::Join:
        return world_.feed(tab, input::JoinRoom{Name("person " + std::to_string(step.person))});
      case Kind::Leave:
        return world_.feed(tab, input::LeaveRoom{});
      case Kind::Rejoin:
        enter(tab, std::nullopt);
        return world_.feed(tab, input::JoinRoom{Name("again")});
      case Kind::Toggle:
        return world_.feed(tab, input::SetSending{static_cast<Medium>(step.detail % 3),
                                                  (step.detail / 3) % 2 == 0});
      case Kind::Rename:
        return world_.feed(tab, input::SetName{Name("name " + std::to_string(step.detail))});
      case Kind::Crash:
        world_.close_tab(tab, false);
        front.reset();
        return;
      case Kind::Reload:
      case Kind::Duplicate: {
        const auto ticket = world_.tabs()[tab].ticket;
        const bool was_in_call = world_.tabs()[tab].call.view().self.id.has_value();
        if (step.kind == Kind::Reload) world_.close_tab(tab, false);
        front = open(step.person, ticket);
        if (was_in_call) world_.feed(*front, input::JoinRoom{Name("back")});
        return;
      }
      case Kind::Plug:
        for (const auto& said :
             world_.tabs()[tab].devices.toggle_plug(medium_of(step), step.detail / 2)) {
          world_.feed(tab, said);
        }
        return;
      case Kind::Interrupt:
        if (const auto said = world_.tabs()[tab].devices.toggle_interruption(medium_of(step))) {
          world_.feed(tab, *said);
        }
        return;
      case Kind::Sleep: {
        constexpr std::array<std::int64_t, 6> seconds{1, 4, 12, 40, 600, 3600};
        const auto nap = Duration::seconds(seconds[step.detail % seconds.size()]);
        return world_.put_to_sleep(tab, nap, step.detail >= seconds.size());
      }
      case Kind::Hint:
        return world_.feed(tab, input::Hint{static_cast<HintCause>(step.detail % 3)});
      case Kind::DropSocket:
        return world_.drop_socket(tab);
      case Kind::BreakPath: {
        const auto& other = front_[step.detail % scenario_.people];
        if (other && *other != tab) world_.break_path(tab, *other);
        return;
      }
    }
  }

  static Medium medium_of(const Step& step) {
    return step.detail % 2 == 0 ? Medium::Audio : Medium::Camera;
  }

  // Opens the room in `tab`, with the devices that this person prefers.
  void enter(std::size_t tab, const std::optional<Resume>& ticket) {
    world_.feed(
        tab, input::Open{RoomId("simulated"), true, true, ticket,
                         FakeDevices::chosen(Medium::Audio), FakeDevices::chosen(Medium::Camera)});
  }

  std::size_t open(std::size_t person, const std::optional<Resume>& ticket) {
    const auto letter = static_cast<char>('a' + person);
    const auto tab = world_.add_tab(letter + std::to_string(++pages_) + ".", ticket, is_recorded_);
    enter(tab, ticket);
    return tab;
  }

  const Scenario& scenario_;
  bool is_recorded_;
  World world_;
  std::vector<std::optional<std::size_t>> front_;
  std::size_t pages_ = 0;
  RunReport report_;
};

}  // namespace

Scenario draw_scenario(std::uint64_t seed) {
  Random random(seed);
  Scenario scenario;
  scenario.seed = seed;
  scenario.people = 2 + random.below(std::uint64_t{3});
  // From a fast network to one that is slower than the call's own patience, likewise the browser.
  const auto up_to = [&](std::int64_t least, std::int64_t doublings) {
    return Duration::milliseconds(least << random.below(static_cast<std::uint64_t>(doublings)));
  };
  scenario.delays = {up_to(2, 11), up_to(1, 10), up_to(50, 5)};
  // Accidents seldom come alone: they gather in one short or long stretch of the call.
  const auto stretch = up_to(200, 9);
  const auto begin = Timestamp() + random.below(Duration::seconds(20));
  const auto any_time = [&] { return begin + random.below(stretch); };
  for (std::size_t person = 0; person < scenario.people; ++person) {
    const auto open_at = Timestamp() + random.below(Duration::seconds(5));
    // Some press Join before anything is ready, some take their time.
    const auto join_at =
        open_at + random.below(random.below(std::uint64_t{2}) == 0 ? Duration::milliseconds(1)
                                                                   : Duration::seconds(4));
    const auto kind = random.below(std::uint64_t{5}) == 0 ? Kind::OpenRefused : Kind::Open;
    scenario.steps.push_back({open_at, kind, person, 0});
    scenario.steps.push_back({join_at, Kind::Join, person, 0});
  }
  const auto accidents = random.below(std::uint64_t{12});
  for (std::uint64_t index = 0; index < accidents; ++index) {
    constexpr std::array kinds{
        Kind::Leave,     Kind::Rejoin,    Kind::Toggle,        Kind::Rename,     Kind::Reload,
        Kind::Crash,     Kind::Duplicate, Kind::DropSocket,    Kind::DropSocket, Kind::BreakPath,
        Kind::BreakPath, Kind::BreakPath, Kind::RestartServer, Kind::Hint,       Kind::Plug,
        Kind::Plug,      Kind::Plug,      Kind::Interrupt,     Kind::Sleep,      Kind::Sleep};
    scenario.steps.push_back({any_time(), kinds[random.below(kinds.size())],
                              random.below(scenario.people),
                              static_cast<std::uint32_t>(random.below(std::uint64_t{12}))});
  }
  std::stable_sort(scenario.steps.begin(), scenario.steps.end(),
                   [](const Step& left, const Step& right) { return left.at < right.at; });
  return scenario;
}

RunReport run(const Scenario& scenario, bool is_recorded) {
  return Run(scenario, is_recorded).execute();
}

Scenario shrink(Scenario failing) {
  for (bool has_shrunk = true; has_shrunk;) {
    has_shrunk = false;
    for (std::size_t index = 0; index < failing.steps.size(); ++index) {
      auto shorter = failing;
      shorter.steps.erase(shorter.steps.begin() + static_cast<std::ptrdiff_t>(index));
      if (!run(shorter).failure) continue;
      failing = std::move(shorter);
      has_shrunk = true;
      --index;
    }
  }
  return failing;
}

std::string describe(const Scenario& scenario) {
  const auto milliseconds = [](Duration duration) {
    return std::to_string(duration.count_milliseconds()) + " ms";
  };
  std::string text = "seed " + std::to_string(scenario.seed) + ", " +
                     std::to_string(scenario.people) + " people, delays up to " +
                     milliseconds(scenario.delays.network) + " network, " +
                     milliseconds(scenario.delays.browser) + " browser, " +
                     milliseconds(scenario.delays.path) + " path\n";
  for (const auto& step : scenario.steps) {
    text += "  " + std::to_string(step.at.count_microseconds()) + " us: person " +
            std::to_string(step.person) + " " + std::string(name_of(step.kind)) + " " +
            std::to_string(step.detail) + "\n";
  }
  return text;
}

}  // namespace parley::simulation
