#include "server/metrics/delay_histogram.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(DelayHistogram, CountsByUpperBoundIncluded) {
  DelayHistogram delays;
  delays.add(Duration());
  delays.add(Duration::milliseconds(1));
  delays.add(Duration::microseconds(1'001));
  delays.add(Duration::seconds(5));
  EXPECT_EQ(delays.counts.front(), 2u);
  EXPECT_EQ(delays.counts[1], 1u);
  EXPECT_EQ(delays.counts.back(), 1u);
  delays += delays;
  EXPECT_EQ(delays.counts.front(), 4u);
  EXPECT_EQ(delays.sum, Duration::microseconds(2 * 5'002'001));
}

}  // namespace
}  // namespace parley
