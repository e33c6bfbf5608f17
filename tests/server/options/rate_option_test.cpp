#include "server/options/rate_option.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(RateOption, IsARateAndWhatMayComeAtOnce) {
  EXPECT_EQ(parse_rate("20:1000"), (Rate{20, 1'000}));
  EXPECT_EQ(parse_rate("20"), (Rate{20, 20}));
  EXPECT_EQ(parse_rate("off"), Rate{});
  EXPECT_EQ(parse_rate("4294967295:4294967295"), (Rate{4'294'967'295, 4'294'967'295}));
}

TEST(RateOption, IsRefusedWhereItIsNone) {
  for (const char* bad :
       {"", "0", "0:5", "5:0", ":5", "5:", "-1", "5:6:7", "4294967296", "5/6", "on"}) {
    EXPECT_FALSE(parse_rate(bad)) << bad;
  }
}

TEST(RateOption, IsWrittenAsItIsRead) {
  for (const Rate rate : {Rate{20, 1'000}, Rate{}}) EXPECT_EQ(parse_rate(to_string(rate)), rate);
}

}  // namespace
}  // namespace parley
