#include "core/signaling/door.h"

#include <gtest/gtest.h>

#include <utility>

#include "tests/core/signaling/times.h"

namespace parley {
namespace {

class DoorKeeperTest : public ::testing::Test {
 protected:
  // "in", "waits", or why not.
  std::string_view judge(const std::optional<Password>& given = {}, Timestamp now = at(0)) {
    const auto verdict = door_.judge(given, now);
    if (const auto* away = std::get_if<verdict::TurnedAway>(&verdict)) return name_of(away->why);
    return std::holds_alternative<verdict::Waits>(verdict) ? "waits" : "in";
  }
  void set(std::optional<Door> door, std::optional<Password> password = {}) {
    door_.configure({door, std::move(password)});
  }

  DoorKeeper door_;
  const Password right_{"correct horse"};
  const Password wrong_{"correct house"};
};

TEST_F(DoorKeeperTest, StandsOpenAtFirst) {
  EXPECT_EQ(judge(), "in");
  EXPECT_EQ(judge(wrong_), "in") << "a password that nobody asked for";
  EXPECT_EQ(door_.settings(), RoomSettings{});
}

TEST_F(DoorKeeperTest, DoesWhatItWasSetTo) {
  set(Door::WaitingRoom);
  EXPECT_EQ(judge(), "waits");
  set(Door::Locked);
  EXPECT_EQ(judge(), "room-locked");
  set(Door::Open);
  EXPECT_EQ(judge(), "in");
}

TEST_F(DoorKeeperTest, AsksForThePasswordBeforeItLetsWait) {
  set(Door::WaitingRoom, right_);
  EXPECT_TRUE(door_.settings().has_password);
  EXPECT_EQ(judge(), "password-required");
  EXPECT_EQ(judge(Password()), "password-required");
  EXPECT_EQ(judge(wrong_), "wrong-password");
  EXPECT_EQ(judge(Password("correct hors")), "wrong-password");
  EXPECT_EQ(judge(Password("correct horse ")), "wrong-password");
  EXPECT_EQ(judge(right_), "waits");
}

TEST_F(DoorKeeperTest, ALockedOneTellsNobodyWhetherThePasswordIsRight) {
  set(Door::Locked, right_);
  EXPECT_EQ(judge(right_), "room-locked");
  EXPECT_EQ(judge(wrong_), "room-locked");
}

TEST_F(DoorKeeperTest, AnEmptyPasswordTakesItOff) {
  set({}, right_);
  set({}, Password());
  EXPECT_FALSE(door_.settings().has_password);
  EXPECT_EQ(judge(), "in");
}

TEST_F(DoorKeeperTest, TakesSoManyWrongPasswordsAndThenOneAtATime) {
  set({}, right_);
  for (int count = 0; count < limits::wrong_passwords; ++count) {
    EXPECT_EQ(judge(wrong_), "wrong-password") << count;
  }
  EXPECT_EQ(judge(wrong_), "too-many-passwords");
  EXPECT_EQ(judge(right_), "too-many-passwords") << "a guesser would know otherwise";
  const auto later = at(0) + limits::wrong_password_every;
  EXPECT_EQ(judge(right_, later), "in");
  EXPECT_EQ(judge(wrong_, later), "wrong-password");
  EXPECT_EQ(judge(wrong_, later), "too-many-passwords");
  EXPECT_EQ(judge(right_, at(600)), "in");
}

TEST_F(DoorKeeperTest, RightPasswordsAreNotCounted) {
  set({}, right_);
  for (int count = 0; count < 10 * limits::wrong_passwords; ++count) EXPECT_EQ(judge(right_), "in");
}

TEST_F(DoorKeeperTest, LettingNobodyInUnseenLeavesALockedOneLocked) {
  door_.let_nobody_in_unseen();
  EXPECT_EQ(door_.settings().door, Door::WaitingRoom);
  set(Door::Locked);
  door_.let_nobody_in_unseen();
  EXPECT_EQ(door_.settings().door, Door::Locked);
}

}  // namespace
}  // namespace parley
