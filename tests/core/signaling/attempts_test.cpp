#include "core/signaling/attempts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>

namespace parley {
namespace {

TEST(Attempts, KnowWhatTheSamePageHasOvertaken) {
  Attempts attempts;
  attempts.add(Attempt{7, 3});
  EXPECT_TRUE(attempts.have_overtaken(Attempt{7, 2}));
  EXPECT_FALSE(attempts.have_overtaken(Attempt{7, 3}));
  EXPECT_FALSE(attempts.have_overtaken(Attempt{8, 2}));
  EXPECT_FALSE(attempts.have_overtaken(std::nullopt));
}

TEST(Attempts, RememberPagesBeforeTheLast) {
  Attempts attempts;
  attempts.add(Attempt{7, 3});
  attempts.add(Attempt{8, 1});
  EXPECT_TRUE(attempts.have_overtaken(Attempt{7, 2}));
  EXPECT_TRUE(attempts.is_of_last_page(Attempt{8, 2}));
  EXPECT_FALSE(attempts.is_of_last_page(Attempt{7, 4}));
}

TEST(Attempts, KnowNoLastPageAfterAJoinThatNamedNone) {
  Attempts attempts;
  attempts.add(Attempt{7, 3});
  attempts.add(std::nullopt);
  EXPECT_FALSE(attempts.last());
  EXPECT_FALSE(attempts.is_of_last_page(Attempt{7, 4}));
  EXPECT_TRUE(attempts.have_overtaken(Attempt{7, 2}));
}

TEST(Attempts, ForgetThePageThatCameLongestAgo) {
  Attempts attempts;
  for (std::uint32_t page = 0; page <= Attempts::most_pages; ++page) attempts.add(Attempt{page, 2});
  EXPECT_FALSE(attempts.have_overtaken(Attempt{0, 1}));
  EXPECT_TRUE(attempts.have_overtaken(Attempt{1, 1}));
}

}  // namespace
}  // namespace parley
