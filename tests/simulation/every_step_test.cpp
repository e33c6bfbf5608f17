// Every accident at every step: a call is played once, and at each of its steps a copy of it meets
// one accident and goes on to the end. What the random scenarios meet by chance is met here without
// a gap.
#include <gtest/gtest.h>

#include <cstdio>

#include "tests/simulation/playback.h"

namespace parley::simulation {
namespace {

using Kind = Step::Kind;

// Every step but in builds in which a call takes thirty times as long.
constexpr std::size_t stride = PARLEY_STEP_STRIDE;

constexpr Timestamp at(std::int64_t milliseconds) {
  return Timestamp::from_microseconds(milliseconds * 1'000);
}

// Two who join one after the other, one of whom loses the path and later moves to another network.
Scenario call_of_two() {
  Scenario scenario;
  scenario.seed = 1;
  scenario.delays = {Duration::milliseconds(40), Duration::milliseconds(20),
                     Duration::milliseconds(100)};
  scenario.steps = {{at(0), Kind::Open, 0, 0},      {at(100), Kind::Join, 0, 0},
                    {at(500), Kind::Open, 1, 0},    {at(501), Kind::Join, 1, 0},
                    {at(2'000), Kind::Hint, 0, 1},  {at(3'000), Kind::BreakPath, 0, 1},
                    {at(12'000), Kind::Hint, 1, 1}, {at(12'001), Kind::Hint, 0, 1}};
  return scenario;
}

// Three, who join at once; one reloads the page, and the server is started anew.
Scenario call_of_three() {
  Scenario scenario;
  scenario.seed = 2;
  scenario.people = 3;
  scenario.delays = {Duration::milliseconds(200), Duration::milliseconds(50),
                     Duration::milliseconds(200)};
  for (std::size_t person = 0; person < 3; ++person) {
    scenario.steps.push_back({at(0), Kind::Open, person, 0});
    scenario.steps.push_back({at(1), Kind::Join, person, 0});
  }
  scenario.steps.push_back({at(3'000), Kind::Reload, 1, 0});
  scenario.steps.push_back({at(5'000), Kind::RestartServer, 0, 2});
  return scenario;
}

struct Accident {
  Kind kind;
  std::vector<std::uint32_t> details;
};

class EveryStepTest : public ::testing::TestWithParam<Accident> {
 protected:
  static void meet_at_every_step(const Scenario& scenario) {
    std::size_t steps = 0;
    std::size_t calls = 0;
    Playback playback(scenario);
    do {
      if (steps++ % stride != 0) continue;
      for (const auto detail : GetParam().details) {
        for (std::size_t person = 0; person < scenario.people; ++person) {
          const Step accident{playback.now(), GetParam().kind, person, detail};
          auto branch = playback;
          branch.perform(accident);
          const auto report = branch.finish();
          ASSERT_FALSE(report.failure) << *report.failure << "\nat step " << steps - 1 << " of\n"
                                       << describe(scenario) << "with " << describe(accident);
          ++calls;
        }
      }
    } while (playback.advance());
    std::printf("%zu calls with an accident at each of %zu steps\n", calls, steps);
    EXPECT_GT(steps, 100u) << "the call itself did not happen";
  }
};

TEST_P(EveryStepTest, EndsWithEverybodyConnectedInACallOfTwo) { meet_at_every_step(call_of_two()); }

TEST_P(EveryStepTest, EndsWithEverybodyConnectedInACallOfThree) {
  meet_at_every_step(call_of_three());
}

TEST_P(EveryStepTest, EndsWithEverybodyConnectedWhereTicketsExpireWithinSeconds) {
  auto scenario = call_of_two();
  scenario.tickets_good_for = Duration::seconds(5);
  meet_at_every_step(scenario);
}

INSTANTIATE_TEST_SUITE_P(
    Accidents, EveryStepTest,
    ::testing::Values(Accident{Kind::DropSocket, {0}}, Accident{Kind::LoseSocket, {0, 1, 2, 3}},
                      Accident{Kind::CutOff, {1, 3, 5, 9, 11, 14, 17, 19, 22}},
                      Accident{Kind::CutOffAll, {1, 3, 14, 17}},
                      Accident{Kind::RestartServer, {0, 1, 20}},
                      Accident{Kind::JumpClock, {0, 1, 2, 3, 4, 5, 7}},
                      Accident{Kind::JumpServerClock, {0, 5, 7}},
                      Accident{Kind::Sleep, {2, 3, 8, 9}}, Accident{Kind::Reload, {0}},
                      Accident{Kind::Duplicate, {0}}, Accident{Kind::Crash, {0}},
                      Accident{Kind::BreakPath, {0, 1, 2}},
                      // The waiting room, a locked door, a password, removed, banned, the end.
                      Accident{Kind::Moderate, {0, 2, 4, 8, 23, 13}}),
    [](const auto& info) {
      std::string name(name_of(info.param.kind));
      std::erase(name, '-');
      return name;
    });

}  // namespace
}  // namespace parley::simulation
