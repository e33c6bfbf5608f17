// A call that stays up for two days: nothing may grow, wear out or expire in the midst of it.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "core/base/json_codec.h"
#include "core/journal/replay.h"
#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {

constexpr Duration hours(std::int64_t count) { return Duration::seconds(count * 3600); }

class LongCallTest : public ::testing::Test {
 protected:
  LongCallTest() {
    for (const char* name : {"a", "b"}) {
      join(name, false);
    }
    EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
  }

  std::size_t join(const char* name, bool is_recorded) {
    const auto tab = world_.add_tab(name, std::nullopt, is_recorded);
    world_.feed(
        tab, input::Open{RoomId("simulated"), true, true, std::nullopt,
                         FakeDevices::chosen(Medium::Audio), FakeDevices::chosen(Medium::Camera)});
    world_.feed(tab, input::JoinRoom{Name(name)});
    run_for(Duration::seconds(3));
    return tab;
  }

  void run_for(Duration duration) {
    const auto end = world_.now() + duration;
    while (world_.take_next(end)) ++events_;
    world_.advance_to(end);
  }

  void settle(const char* after) {
    run_for(Duration::seconds(30));
    ASSERT_FALSE(world_.first_violation()) << *world_.first_violation();
    ASSERT_FALSE(world_.disagreement()) << "after " << after << ": " << *world_.disagreement();
  }

  std::size_t bytes_of_state() const {
    std::size_t bytes = 0;
    for (const auto& tab : world_.tabs()) bytes += to_json(tab.call).size();
    return bytes + to_json(world_.server()).size();
  }

  // By tab: who it is for the others.
  std::vector<std::string> identities() const {
    std::vector<std::string> all;
    for (const auto& tab : world_.tabs()) all.push_back(tab.call.view().self.id->value());
    return all;
  }

  World world_{1,
               {Duration::milliseconds(40), Duration::milliseconds(5), Duration::milliseconds(50)}};
  std::size_t events_ = 0;
};

// A tab moves to another network: the socket dies without a word, the path is gone, and the browser
// says so.
TEST_F(LongCallTest, IsStillThereAfterFortyEightHoursOfChangingNetworksAndRestarts) {
  const auto began = std::chrono::steady_clock::now();
  const auto identities_at_first = identities();
  const auto bytes_at_first = bytes_of_state();
  const auto events_before = events_;
  for (std::int64_t hour = 2; hour <= 48; hour += 2) {
    run_for(hours(2) - Duration::seconds(60));
    const auto tab = static_cast<std::size_t>(hour / 2 % 2);
    world_.lose_socket(tab, std::nullopt);
    world_.break_path(0, 1);
    world_.feed(tab, input::Hint{HintCause::NetworkChanged});
    settle("another network");
    if (hour % 16 == 0) world_.restart_server(Duration::seconds(5));
    settle("a restart");
  }
  EXPECT_EQ(identities(), identities_at_first);
  // The counters have more digits than at first, and there are a few descriptions to remember.
  EXPECT_LT(bytes_of_state(), bytes_at_first + bytes_at_first / 2);
  for (const auto& tab : world_.tabs()) {
    EXPECT_EQ(tab.connections.size(), 1u);
    EXPECT_EQ(tab.sockets.size(), 1u);
  }
  const auto events = events_ - events_before;
  // A ping and its answer are three events every seven seconds, of each.
  constexpr std::size_t of_keeping_alive = 2u * 3u * 48u * 3600u / 7u;
  EXPECT_LT(events, of_keeping_alive + of_keeping_alive / 10);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  std::printf("48 hours of call time, %zu events, in %.1f s\n", events, seconds.count());
}

// Whose ticket is older than the server takes comes back as somebody new, after a blink.
TEST_F(LongCallTest, IsMendedWhenTheServerIsStartedAnewAfterTheTicketsExpired) {
  const auto identities_at_first = identities();
  run_for(hours(25));
  world_.restart_server(Duration::seconds(2));
  settle("a restart");
  EXPECT_NE(identities(), identities_at_first);
}

TEST_F(LongCallTest, KeepsAJournalOfBoundedSizeThatReplays) {
  const auto cleo = join("c", true);
  run_for(hours(48));
  settle("two days");
  const auto text = world_.tabs()[cleo].journal->text();
  EXPECT_GT(text.size(), Journal::segment_bytes);
  EXPECT_LE(text.size(), (Journal::max_segments + 1) * Journal::segment_bytes);
  const auto replayed = replay(text);
  EXPECT_FALSE(replayed.difference) << replayed.difference->actual;
}

}  // namespace
}  // namespace parley::simulation
