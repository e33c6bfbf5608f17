#include "server/api/bearer.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Bearer, IsWhatStandsBehindTheScheme) {
  EXPECT_EQ(bearer_of("Bearer abc"), "abc");
  EXPECT_EQ(bearer_of("bEARER   a b"), "a b");
  EXPECT_EQ(bearer_of("Bearer "), "");
}

TEST(Bearer, IsNothingInAnotherScheme) {
  for (const char* value : {"", "Bearer", "Basic abc", "Bearerabc", " Bearer abc", "Bearer\tabc"}) {
    EXPECT_EQ(bearer_of(value), std::nullopt) << value;
  }
}

}  // namespace
}  // namespace parley
