#include "core/base/token_bucket.h"

#include <gtest/gtest.h>

#include <limits>

namespace parley {
namespace {

constexpr Timestamp start = Timestamp::from_microseconds(1'000'000'000);

TEST(TokenBucket, HoldsItsBurstAndFillsAtItsRate) {
  TokenBucket bucket;
  const Rate rate{10, 5};
  for (int taken = 0; taken < 5; ++taken) EXPECT_FALSE(bucket.take(1, rate, start));
  EXPECT_EQ(bucket.take(1, rate, start), Duration::milliseconds(100));
  EXPECT_EQ(bucket.take(1, rate, start + Duration::milliseconds(60)), Duration::milliseconds(40));
  EXPECT_FALSE(bucket.take(1, rate, start + Duration::milliseconds(100)));
  EXPECT_TRUE(bucket.take(1, rate, start + Duration::milliseconds(100)));
  EXPECT_FALSE(bucket.is_full(start + Duration::milliseconds(599)));
  EXPECT_TRUE(bucket.is_full(start + Duration::milliseconds(600)));
}

TEST(TokenBucket, LetsNoMoreThroughThanItsRateOverAnySpan) {
  TokenBucket bucket;
  const Rate rate{3, 7};  // a third of a second is no whole number of microseconds
  int passed = 0;
  for (Timestamp now = start; now < start + Duration::seconds(1'000);
       now = now + Duration::milliseconds(37)) {
    if (!bucket.take(1, rate, now)) ++passed;
  }
  EXPECT_LE(passed, 7 + 3'000);
  EXPECT_GE(passed, 7 + 2'990);
}

TEST(TokenBucket, HasNoCapWithoutARate) {
  TokenBucket bucket;
  EXPECT_FALSE(bucket.take(std::numeric_limits<std::uint32_t>::max(), Rate{0, 0}, start));
}

TEST(TokenBucket, NeverGivesMoreThanItHolds) {
  TokenBucket bucket;
  EXPECT_TRUE(bucket.take(6, Rate{10, 5}, start));
  EXPECT_TRUE(bucket.is_full(start)) << "what is refused takes nothing";
}

TEST(TokenBucket, DoesNotOverflowAtItsLargestNumbers) {
  constexpr auto most = std::numeric_limits<std::uint32_t>::max();
  for (const Rate rate : {Rate{1, most}, Rate{most, most}}) {
    TokenBucket bucket;
    EXPECT_FALSE(bucket.take(most, rate, start));
    const auto wait = bucket.take(most, rate, start);
    ASSERT_TRUE(wait);
    EXPECT_GT(*wait, Duration());
    EXPECT_FALSE(bucket.take(most, rate, start + *wait));
  }
}

TEST(TokenBucket, ShutsNobodyOutWhenTimeStepsBack) {
  TokenBucket bucket;
  const Rate rate{1, 3};
  EXPECT_FALSE(bucket.take(3, rate, start));
  const Timestamp earlier = start - Duration::seconds(3'600);
  EXPECT_TRUE(bucket.take(1, rate, earlier));
  EXPECT_TRUE(bucket.take(1, rate, earlier + Duration::milliseconds(1)));
}

TEST(TokenBucket, TellsATimeAfterWhichItWorks) {
  const Rate rate{7, 11};
  for (std::uint32_t tokens = 1; tokens <= 11; ++tokens) {
    TokenBucket bucket;
    Timestamp now = start;
    for (int round = 0; round < 50; ++round) {
      const auto wait = bucket.take(tokens, rate, now);
      if (!wait) continue;
      now = now + *wait;
      EXPECT_FALSE(bucket.take(tokens, rate, now)) << tokens;
    }
  }
}

}  // namespace
}  // namespace parley
