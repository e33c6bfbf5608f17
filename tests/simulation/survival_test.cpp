// What the random scenarios cannot say, because they only look at how a call ends: that it also
// went on meanwhile.
#include <gtest/gtest.h>

#include <map>

#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {

class SurvivalTest : public ::testing::Test {
 protected:
  static constexpr Delays a_good_network{Duration::milliseconds(20), Duration::milliseconds(5),
                                         Duration::milliseconds(50)};

  SurvivalTest() {
    for (const char* name : {"a", "b", "c"}) {
      const auto tab = world_.add_tab(name);
      world_.feed(tab, input::Open{RoomId("simulated"), true, true, std::nullopt,
                                   FakeDevices::chosen(Medium::Audio),
                                   FakeDevices::chosen(Medium::Camera)});
      world_.feed(tab, input::JoinRoom{Name(name)});
      run_for(Duration::seconds(3));
    }
    EXPECT_FALSE(world_.disagreement());
  }

  // Takes what is due, and calls `look` after each step.
  template <class Look>
  void run_for(Duration duration, Look look) {
    const auto end = world_.now() + duration;
    while (world_.take_next(end)) look();
    world_.advance_to(end);
    EXPECT_FALSE(world_.first_violation()) << *world_.first_violation();
  }
  void run_for(Duration duration) {
    run_for(duration, [] {});
  }

  // By tab: who one is, and the peer connections with their paths.
  std::map<std::string, std::string> media() {
    std::map<std::string, std::string> all;
    for (const auto& tab : world_.tabs()) {
      auto& text = all[tab.name];
      text = tab.call.view().self.id->value();
      for (const auto& [link, connection] : tab.connections) {
        text += " " + std::to_string(link.value()) + ":" + std::string(name_of(connection.path()));
      }
    }
    return all;
  }

  World world_{1, a_good_network};
};

TEST_F(SurvivalTest, PeerConnectionsGoOnWhileTheServerIsGoneAndComesBack) {
  const auto before = media();
  world_.restart_server(Duration::seconds(10));
  run_for(Duration::seconds(10), [&] { ASSERT_EQ(media(), before); });
  EXPECT_TRUE(world_.disagreement());
  run_for(Duration::seconds(2), [&] { ASSERT_EQ(media(), before); });
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(SurvivalTest, WhoDoesNotComeBackAfterARestartIsGoneForEverybody) {
  world_.close_tab(1, false);
  world_.restart_server(Duration::seconds(1));
  run_for(Duration::seconds(5));
  for (const std::size_t tab : {0u, 2u}) {
    const auto& others = world_.tabs()[tab].call.view().participants;
    ASSERT_EQ(others.size(), 2u);
    EXPECT_EQ(std::ranges::count(others, Presence::Away, &output::PeerView::presence), 1);
  }
  run_for(limits::resume_within);
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(SurvivalTest, AnHourWithoutTheServerEndsNoCallBetweenPeers) {
  const auto before = media();
  world_.restart_server(Duration::seconds(3600));
  run_for(Duration::seconds(3600), [&] { ASSERT_EQ(media(), before); });
  run_for(Duration::seconds(10));
  EXPECT_EQ(media(), before);
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(SurvivalTest, ALaptopThatWasShutForAnHourIsBackInTheCallWithinSeconds) {
  for (const bool timer_first : {true, false}) {
    world_.put_to_sleep(0, Duration::seconds(3600), timer_first);
    run_for(Duration::seconds(3600));
    EXPECT_TRUE(world_.disagreement());
    run_for(Duration::seconds(5));
    EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
  }
}

TEST_F(SurvivalTest, AHeadsetThatIsPulledOutAndPutBackInIsInUseAgain) {
  auto& tab = world_.tabs()[0];
  const auto toggle = [&] {
    for (const auto& said : tab.devices.toggle_plug(Medium::Audio, 1)) world_.feed(0, said);
    run_for(Duration::seconds(1));
    EXPECT_EQ(tab.call.view().self.media.audio, Sending::On);
    EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
  };
  toggle();
  toggle();
}

}  // namespace
}  // namespace parley::simulation
