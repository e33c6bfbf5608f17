#include "server/signaling/identity.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace parley {
namespace {

TEST(Identity, IsValidAndNeverTheSame) {
  std::set<std::string> ids;
  for (int round = 0; round < 1000; ++round) {
    const auto id = draw_participant_id();
    EXPECT_EQ(id.value().size(), 10u);
    EXPECT_TRUE(ParticipantId::accepts(id.value()));
    ids.insert(id.value());
  }
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(Identity, UsesEveryLetterAboutAsOften) {
  std::map<char, int> seen;
  for (int round = 0; round < 6400; ++round) {
    const auto id = draw_participant_id();
    for (const char letter : id.value()) ++seen[letter];
  }
  EXPECT_EQ(seen.size(), 62u);
  // 64,000 letters, about 1,032 of each with a standard deviation of 32; eight of those is far out.
  for (const auto& [letter, count] : seen) EXPECT_NEAR(count, 1032, 8 * 32) << letter;
}

}  // namespace
}  // namespace parley
