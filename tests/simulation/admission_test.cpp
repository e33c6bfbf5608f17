// What hosts decided still holds after the server was started anew, also for who is quicker than
// those who come back.
#include <gtest/gtest.h>

#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {

class AdmissionTest : public ::testing::Test {
 protected:
  static constexpr Delays a_good_network{Duration::milliseconds(20), Duration::milliseconds(5),
                                         Duration::milliseconds(50)};

  AdmissionTest() {
    for (const char* name : {"a", "b"}) join(name);
    EXPECT_FALSE(world_.disagreement());
  }

  std::size_t join(const char* name) {
    const auto tab = world_.add_tab(name);
    world_.feed(tab, input::Open{RoomId("simulated"),
                                 true,
                                 true,
                                 {},
                                 FakeDevices::chosen(Medium::Audio),
                                 FakeDevices::chosen(Medium::Camera)});
    world_.feed(tab, input::JoinRoom{Name(name)});
    run_for(Duration::seconds(3));
    return tab;
  }
  void act(std::size_t tab, const HostAction& action) {
    world_.feed(tab, input::Moderate{action});
    run_for(Duration::seconds(1));
  }
  // A page whose network is cut off when the server comes back is later than `name`.
  std::size_t restart_and_let_come_first(const char* name) {
    world_.restart_server(Duration::milliseconds(100));
    for (const std::size_t tab : {0u, 1u}) {
      world_.cut_off({static_cast<int>(tab)}, true, false, Duration::seconds(2));
    }
    const auto stranger = world_.add_tab(name);
    world_.feed(stranger, input::Open{RoomId("simulated"),
                                      true,
                                      true,
                                      {},
                                      FakeDevices::chosen(Medium::Audio),
                                      FakeDevices::chosen(Medium::Camera)});
    world_.feed(stranger, input::JoinRoom{Name(name)});
    while (view(stranger).state != CallState::Waiting) world_.take_next();
    EXPECT_EQ(view(stranger).self.role, Role::Host) << "of a room that seems to be empty";
    return stranger;
  }
  void run_for(Duration duration) {
    const auto end = world_.now() + duration;
    while (world_.take_next(end)) {
    }
    world_.advance_to(end);
    EXPECT_FALSE(world_.first_violation()) << *world_.first_violation();
  }
  const output::View& view(std::size_t tab) { return world_.tabs()[tab].call.view(); }

  World world_{1, a_good_network};
};

TEST_F(AdmissionTest, ALockedRoomIsLockedAfterARestart) {
  act(0, host_action::Configure{Door::Locked, std::nullopt});
  const auto stranger = restart_and_let_come_first("s");
  run_for(Duration::seconds(20));
  EXPECT_EQ(view(stranger).problem, Problem::RoomLocked);
  EXPECT_EQ(view(0).self.role, Role::Host);
  EXPECT_EQ(view(1).settings->door, Door::Locked);
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(AdmissionTest, WhoIsFirstAfterARestartWaitsLikeEverybodyElse) {
  act(0, host_action::Configure{Door::WaitingRoom, std::nullopt});
  const auto stranger = restart_and_let_come_first("s");
  run_for(Duration::seconds(20));
  EXPECT_TRUE(view(stranger).admission);
  ASSERT_EQ(view(0).queue.size(), 1u);
  act(0, host_action::Admit{view(0).queue[0].id});
  run_for(Duration::seconds(3));
  EXPECT_EQ(view(stranger).state, CallState::Connected);
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(AdmissionTest, InAnOpenRoomItIsInAgainAfterAMoment) {
  const auto stranger = restart_and_let_come_first("s");
  run_for(Duration::seconds(20));
  EXPECT_EQ(view(stranger).state, CallState::Connected);
  EXPECT_EQ(view(stranger).self.role, std::nullopt);
  EXPECT_FALSE(world_.disagreement()) << *world_.disagreement();
}

TEST_F(AdmissionTest, AHostWhoReloadsThePageAloneIsStillOneAndHoldsNobodyUp) {
  world_.feed(1, input::LeaveRoom{});
  run_for(Duration::seconds(1));
  const auto ticket = world_.tabs()[0].ticket;
  world_.close_tab(0, true);
  const auto page = world_.add_tab("a2", ticket);
  world_.feed(
      page, input::Open{RoomId("simulated"), true, true, ticket, FakeDevices::chosen(Medium::Audio),
                        FakeDevices::chosen(Medium::Camera)});
  world_.feed(page, input::JoinRoom{Name("a")});
  run_for(Duration::seconds(1));
  const auto other = join("c");
  EXPECT_EQ(view(page).self.role, Role::Host);
  EXPECT_EQ(view(other).state, CallState::Connected);
}

}  // namespace
}  // namespace parley::simulation
