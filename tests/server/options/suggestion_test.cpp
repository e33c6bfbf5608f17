#include "server/options/suggestion.h"

#include <gtest/gtest.h>

#include <vector>

namespace parley {
namespace {

TEST(Suggestion, MeasuresEdits) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("port", ""), 4u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("prot", "port"), 2u);
}

TEST(Suggestion, FindsTheNearestName) {
  const std::vector<std::string> known{"host", "port", "web-root", "threads"};
  EXPECT_EQ(nearest("prt", known), "port");
  EXPECT_EQ(nearest("webroot", known), "web-root");
  EXPECT_EQ(nearest("", known), "host");
}

}  // namespace
}  // namespace parley
