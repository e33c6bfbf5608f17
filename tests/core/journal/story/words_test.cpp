#include "core/journal/story/words.h"

#include <gtest/gtest.h>

namespace parley::story {
namespace {

TEST(Words, ClockShowsHoursOnlyWhenThereAreAny) {
  EXPECT_EQ(clock(Duration()), "00:00");
  EXPECT_EQ(clock(Duration::milliseconds(41'999)), "00:41");
  EXPECT_EQ(clock(Duration::seconds(3599)), "59:59");
  EXPECT_EQ(clock(Duration::seconds(3600)), "1:00:00");
  EXPECT_EQ(clock(Duration::seconds(36'000 + 61)), "10:01:01");
}

TEST(Words, SpansAreAsExactAsAPersonNeeds) {
  EXPECT_EQ(span(Duration::microseconds(40'900)), "40 ms");
  EXPECT_EQ(span(Duration::milliseconds(100)), "0.1 s");
  EXPECT_EQ(span(Duration::milliseconds(1'349)), "1.3 s");
  EXPECT_EQ(span(Duration::milliseconds(9'949)), "9.9 s");
  EXPECT_EQ(span(Duration::milliseconds(9'950)), "10 s");
  EXPECT_EQ(span(Duration::milliseconds(59'499)), "59 s");
  EXPECT_EQ(span(Duration::milliseconds(59'500)), "1 min 0 s");
  EXPECT_EQ(span(Duration::seconds(185)), "3 min 5 s");
}

TEST(Words, ListsReadAsInASentence) {
  EXPECT_EQ(list({}), "");
  EXPECT_EQ(list({"Ana"}), "Ana");
  EXPECT_EQ(list({"Ana", "Ben"}), "Ana and Ben");
  EXPECT_EQ(list({"Ana", "Ben", "Cleo"}), "Ana, Ben and Cleo");
  EXPECT_EQ(count(1, "candidate"), "1 candidate");
  EXPECT_EQ(count(0, "candidate"), "0 candidates");
}

}  // namespace
}  // namespace parley::story
