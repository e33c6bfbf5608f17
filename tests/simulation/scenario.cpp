#include "tests/simulation/scenario.h"

#include <algorithm>

#include "core/base/random.h"

namespace parley::simulation {
namespace {

using Kind = Step::Kind;

// Further accidents of the network and of time. They are drawn after everything else, so that a
// seed keeps the call that it has without them.
void add_accidents_of_the_network(Scenario& scenario, Random& random, Timestamp begin,
                                  Duration stretch) {
  const auto count = random.below(std::uint64_t{6});
  for (std::uint64_t index = 0; index < count; ++index) {
    constexpr std::array kinds{Kind::LoseSocket, Kind::LoseSocket, Kind::CutOff,
                               Kind::CutOff,     Kind::CutOff,     Kind::CutOffAll,
                               Kind::JumpClock,  Kind::JumpClock,  Kind::JumpServerClock};
    scenario.steps.push_back({begin + random.below(stretch), kinds[random.below(kinds.size())],
                              random.below(scenario.people),
                              static_cast<std::uint32_t>(random.below(std::uint64_t{24}))});
  }
  // Tickets that expire in the middle of a recovery.
  if (random.below(std::uint64_t{4}) == 0) {
    scenario.tickets_good_for =
        Duration::seconds(1) + random.below(Duration::seconds(std::int64_t{60}));
  }
  // In half of the calls there is a relay, with credentials that are renewed often or seldom.
  constexpr std::array<std::optional<std::uint32_t>, 4> lives{std::nullopt, std::nullopt, 10, 60};
  scenario.relay_life = lives[random.below(lives.size())];
}

// In half of the calls hosts use what they may do. Drawn last, for the same reason.
void add_hosts(Scenario& scenario, Random& random, Timestamp begin, Duration stretch) {
  if (random.below(std::uint64_t{2}) == 0) return;
  const auto count = 1 + random.below(std::uint64_t{8});
  for (std::uint64_t index = 0; index < count; ++index) {
    // Mostly before the last of the others have come, or soon after.
    const auto from =
        random.below(std::uint64_t{2}) == 0 ? Timestamp() + Duration::seconds(2) : begin;
    const auto detail = random.below(std::uint64_t{host_actions * 4});
    scenario.steps.push_back({from + random.below(stretch), Kind::Moderate,
                              random.below(scenario.people), static_cast<std::uint32_t>(detail)});
  }
}

}  // namespace

HostAction host_action_of(std::uint32_t detail, const ParticipantId& target) {
  switch (detail % host_actions) {
    case 0:
    case 1:
      return host_action::Configure{Door::WaitingRoom, std::nullopt};
    case 2:
      return host_action::Configure{Door::Locked, std::nullopt};
    case 3:
      return host_action::Configure{Door::Open, std::nullopt};
    case 4:
      return host_action::Configure{std::nullopt, the_password()};
    case 5:
      return host_action::Admit{};
    case 6:
      return host_action::Admit{target};
    case 7:
      return host_action::Refuse{target};
    case 8:
      return host_action::Remove{target};
    case 9:
      return host_action::Ban{target};
    case 10:
      return host_action::Mute{target, Medium::Audio};
    case 11:
      return host_action::Mute{std::nullopt, Medium::Camera};
    case 12:
      return host_action::MakeHost{target};
    default:
      return host_action::EndCall{};
  }
}

std::size_t target_of(std::uint32_t detail) { return detail / host_actions; }

bool knows_password(std::size_t person) { return person % 2 == 0; }

const Password& the_password() {
  static const Password password("open sesame");
  return password;
}

Cut cut_of(std::uint32_t detail) {
  // Shorter than anybody's patience, about as long as it, and longer.
  constexpr std::array<std::int64_t, 8> seconds{1, 4, 8, 11, 14, 16, 30, 60};
  const auto duration = Duration::seconds(seconds[detail % seconds.size()]);
  const auto what = detail / seconds.size() % 3;
  return {what != 1, what != 0, duration};
}

std::optional<Duration> lost_socket_told_after(std::uint32_t detail) {
  constexpr std::array<std::int64_t, 3> seconds{0, 6, 20};
  if (detail % 4 == 3) return std::nullopt;
  return Duration::seconds(seconds[detail % 4]);
}

Duration jump_of(std::uint32_t detail) {
  constexpr std::array<std::int64_t, 8> milliseconds{-2'000, -300,   700,     3'000,
                                                     6'000,  16'000, 120'000, 7'200'000};
  return Duration::milliseconds(milliseconds[detail % milliseconds.size()]);
}

Duration nap_of(std::uint32_t detail) {
  constexpr std::array<std::int64_t, 6> seconds{1, 4, 12, 40, 600, 3600};
  return Duration::seconds(seconds[detail % seconds.size()]);
}

bool rings_timer_first(std::uint32_t detail) { return detail / 6 % 2 == 1; }

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
  add_accidents_of_the_network(scenario, random, begin, stretch);
  add_hosts(scenario, random, begin, stretch);
  std::stable_sort(scenario.steps.begin(), scenario.steps.end(),
                   [](const Step& left, const Step& right) { return left.at < right.at; });
  return scenario;
}

std::string describe(const Step& step) {
  return std::to_string(step.at.count_microseconds()) + " us: person " +
         std::to_string(step.person) + " " + std::string(name_of(step.kind)) + " " +
         std::to_string(step.detail);
}

std::string describe(const Scenario& scenario) {
  const auto milliseconds = [](Duration duration) {
    return std::to_string(duration.count_milliseconds()) + " ms";
  };
  std::string text =
      "seed " + std::to_string(scenario.seed) + ", " + std::to_string(scenario.people) +
      " people, delays up to " + milliseconds(scenario.delays.network) + " network, " +
      milliseconds(scenario.delays.browser) + " browser, " + milliseconds(scenario.delays.path) +
      " path, tickets good for " + milliseconds(scenario.tickets_good_for);
  if (scenario.relay_life) {
    text += ", a relay for " + std::to_string(*scenario.relay_life) + " s at a time";
  }
  text += "\n";
  for (const auto& step : scenario.steps) text += "  " + describe(step) + "\n";
  return text;
}

}  // namespace parley::simulation
