#include "core/call/setbacks.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr Timestamp after(std::int64_t seconds) {
  return Timestamp::from_microseconds(seconds * 1'000'000);
}

class SetbacksTest : public ::testing::Test {
 protected:
  // Lost at one moment and mended at another.
  void loss(std::int64_t lost, std::int64_t mended) {
    setbacks_.interrupted(after(lost), policy_);
    setbacks_.attempt();
    setbacks_.mended(after(mended));
    setbacks_.works();
  }

  Duration first_pause_when_lost(std::int64_t lost) {
    setbacks_.interrupted(after(lost), policy_);
    return setbacks_.first_pause(policy_);
  }

  RecoveryPolicy policy_;
  Setbacks setbacks_;
  Random random_{1};
};

TEST_F(SetbacksTest, AFirstLossIsMendedAtOnce) { EXPECT_EQ(first_pause_when_lost(1), Duration()); }

TEST_F(SetbacksTest, APathThatBreaksAgainSoonIsGivenTimeToComeBackByItself) {
  loss(1, 2);
  EXPECT_EQ(first_pause_when_lost(3), policy_.relapse_pauses[0]);
}

TEST_F(SetbacksTest, MoreTimeFromRelapseToRelapse) {
  loss(1, 2);
  loss(3, 4);
  EXPECT_EQ(first_pause_when_lost(5), policy_.relapse_pauses[1]);
  loss(5, 6);
  loss(7, 8);
  loss(9, 10);
  EXPECT_EQ(first_pause_when_lost(11), policy_.relapse_pauses.back());
}

TEST_F(SetbacksTest, APathThatHeldForAWhileIsMendedAtOnceAgain) {
  loss(1, 2);
  loss(3, 4);
  EXPECT_EQ(first_pause_when_lost(4 + policy_.relapse_within.count_seconds()), Duration());
}

TEST_F(SetbacksTest, AReasonToHopeMakesItALossLikeTheFirst) {
  loss(1, 2);
  setbacks_.forget();
  EXPECT_EQ(first_pause_when_lost(3), Duration());
}

TEST_F(SetbacksTest, AttemptsCountUntilThePathWorks) {
  setbacks_.attempt();
  setbacks_.attempt();
  EXPECT_EQ(setbacks_.attempts(), 2u);
  setbacks_.works();
  EXPECT_EQ(setbacks_.attempts(), 0u);
}

TEST_F(SetbacksTest, AnAttemptThatDidNotHelpIsRepeatedAfterAPause) {
  setbacks_.attempt();
  EXPECT_LE(setbacks_.next_pause(policy_, random_), policy_.pauses[0]);
}

}  // namespace
}  // namespace parley
