#include "core/base/random.h"

#include <gtest/gtest.h>

#include "core/base/json_codec.h"

namespace parley {
namespace {

TEST(Random, GivesTheNumbersOfSplitMix64) {
  // The first numbers of the reference implementation for this seed.
  Random random(1234567);
  EXPECT_EQ(random.next(), 6457827717110365317ULL);
  EXPECT_EQ(random.next(), 3203168211198807973ULL);
}

TEST(Random, GoesOnFromASnapshotAtAnyPoint) {
  Random random(7);
  for (int drawn = 0; drawn < 100; ++drawn) {
    auto restored = from_json<Random>(to_json(random));
    ASSERT_TRUE(restored) << to_json(random);
    EXPECT_EQ(restored->next(), random.next());
  }
}

}  // namespace
}  // namespace parley
