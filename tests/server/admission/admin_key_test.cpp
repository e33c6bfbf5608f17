#include "server/admission/admin_key.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

const std::string good_key(AdminKey::fewest_bytes, 'k');

TEST(AdminKey, IsLongEnoughAndFitsAHeader) {
  EXPECT_TRUE(AdminKey::from_text(good_key));
  EXPECT_TRUE(AdminKey::from_text(std::string(AdminKey::most_bytes, 'k')));
  for (const auto& text : {std::string(), std::string(AdminKey::fewest_bytes - 1, 'k'),
                           std::string(AdminKey::most_bytes + 1, 'k'), good_key + " k",
                           good_key + "\nk", good_key + "\xc3\xa4"}) {
    const auto key = AdminKey::from_text(text);
    ASSERT_FALSE(key) << text;
    EXPECT_TRUE(key.error().ends_with('.')) << key.error();
  }
}

TEST(AdminKey, MatchesItselfAlone) {
  const auto key = AdminKey::from_text(good_key);
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->matches(good_key));
  auto near_miss = good_key;
  near_miss.back() = 'K';
  for (const auto& text : {std::string(), near_miss, good_key + 'k', good_key.substr(1),
                           good_key + std::string(1, '\0'), std::string(1'000'000, 'k')}) {
    EXPECT_FALSE(key->matches(text)) << text.size();
  }
}

}  // namespace
}  // namespace parley
