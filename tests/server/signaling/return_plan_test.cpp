#include "server/signaling/return_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace parley {
namespace {

TEST(ReturnPlan, GivesARestartItsTimeAndLetsNobodyComeTogether) {
  ReturnPlan plan(0, 1, std::nullopt);
  EXPECT_EQ(plan.next(), (ComeBack{500, {}}));
  EXPECT_EQ(plan.next(), (ComeBack{502, {}}));
  EXPECT_EQ(plan.next(), (ComeBack{505, {}}));
}

TEST(ReturnPlan, SendsToTheOtherServerAtOnce) {
  const Url other("https://b.example.org/");
  ReturnPlan plan(0, 1, other);
  EXPECT_EQ(plan.next(), (ComeBack{0, other}));
  EXPECT_EQ(plan.next(), (ComeBack{2, other}));
}

TEST(ReturnPlan, ShardsTakeTurns) {
  std::vector<std::uint32_t> times;
  for (std::size_t shard = 0; shard < 2; ++shard) {
    ReturnPlan plan(shard, 2, Url("https://b.example.org/"));
    for (int client = 0; client < 500; ++client) times.push_back(plan.next().after_milliseconds);
  }
  std::ranges::sort(times);
  EXPECT_EQ(times.front(), 0u);
  EXPECT_EQ(times.back(), 2'497u);
  for (std::size_t each = 2; each < times.size(); ++each) EXPECT_LT(times[each - 2], times[each]);
}

TEST(ReturnPlan, LeavesNobodyAwayForLongerThanHalfAMinute) {
  ReturnPlan plan(0, 1, std::nullopt);
  std::uint32_t latest = 0;
  for (int client = 0; client < 20'000; ++client) {
    latest = std::max(latest, plan.next().after_milliseconds);
  }
  EXPECT_LE(latest, 30'500u);
}

}  // namespace
}  // namespace parley
