#include "server/signaling/identity.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace parley {
namespace {

TEST(Identity, IsValidAndNeverTheSame) {
  std::set<std::string> ids;
  std::set<std::string> secrets;
  for (int round = 0; round < 1000; ++round) {
    const auto id = draw_participant_id();
    EXPECT_EQ(id.value().size(), 10u);
    EXPECT_TRUE(ParticipantId::accepts(id.value()));
    ids.insert(id.value());
    const auto secret = draw_secret();
    EXPECT_EQ(secret.value().size(), 32u);
    secrets.insert(secret.value());
  }
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_EQ(secrets.size(), 1000u);
}

TEST(Identity, UsesEveryLetterAboutAsOften) {
  std::map<char, int> seen;
  for (int round = 0; round < 2000; ++round) {
    const Secret secret = draw_secret();
    for (const char letter : secret.value()) ++seen[letter];
  }
  EXPECT_EQ(seen.size(), 62u);
  // 64,000 letters, about 1,032 of each with a standard deviation of 32; eight of those is far out.
  for (const auto& [letter, count] : seen) EXPECT_NEAR(count, 1032, 8 * 32) << letter;
}

}  // namespace
}  // namespace parley
