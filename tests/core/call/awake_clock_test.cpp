#include "core/call/awake_clock.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr Timestamp at(std::int64_t seconds) { return Timestamp() + Duration::seconds(seconds); }

TEST(AwakeClock, GoesWithTheHostAsLongAsTicksComeInTime) {
  AwakeClock clock;
  EXPECT_FALSE(clock.advance(at(10), at(10), true));
  EXPECT_FALSE(clock.advance(at(12), std::nullopt, false));
  EXPECT_EQ(clock.now(), at(12));
  EXPECT_FALSE(clock.advance(at(11), at(20), false));
  EXPECT_EQ(clock.now(), at(12));
}

TEST(AwakeClock, DoesNotCountASleepAndLeavesTimeToWakeUp) {
  AwakeClock clock;
  EXPECT_FALSE(clock.advance(at(1), at(10), false));
  EXPECT_TRUE(clock.advance(at(3600), at(10), true));
  EXPECT_EQ(clock.now(), at(10) - AwakeClock::to_wake_up);
  EXPECT_EQ(clock.to_host(at(10)), at(3600) + AwakeClock::to_wake_up);
}

TEST(AwakeClock, NoticesASleepAtWhateverComesFirst) {
  AwakeClock clock;
  EXPECT_TRUE(clock.advance(at(3600), at(10), false));
  EXPECT_FALSE(clock.advance(at(3600), at(10), true));
}

TEST(AwakeClock, CountsEverySecondOfTicksThatAreAllLate) {
  AwakeClock clock;
  EXPECT_TRUE(clock.advance(at(60), at(10), true));
  EXPECT_FALSE(clock.advance(at(120), at(10), true));
  EXPECT_EQ(clock.now(), at(69));
  EXPECT_TRUE(clock.advance(at(180), at(70), true));
}

TEST(AwakeClock, WithoutADeadlineThereIsNothingToBeLateFor) {
  AwakeClock clock;
  EXPECT_FALSE(clock.advance(at(3600), std::nullopt, false));
  EXPECT_EQ(clock.now(), at(3600));
}

}  // namespace
}  // namespace parley
