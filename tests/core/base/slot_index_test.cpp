#include "core/base/slot_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "core/base/random.h"

namespace parley {
namespace {

// Keys at their slots, as an owner keeps them.
class Keys {
 public:
  explicit Keys(std::uint64_t hashes) : hashes_(hashes) {}

  void insert(std::uint64_t key) {
    const auto slot = static_cast<Slot>(keys_.size());
    keys_.push_back(key);
    index_.insert(hash(key), slot);
  }
  void erase(std::uint64_t key) { index_.erase(hash(key), *find(key)); }
  std::optional<Slot> find(std::uint64_t key) const {
    return index_.find(hash(key), [&](Slot slot) { return keys_[slot] == key; });
  }

 private:
  // Of many keys the same, and next to one another: what makes entries lie behind those of others.
  std::uint64_t hash(std::uint64_t key) const { return key % hashes_; }

  std::uint64_t hashes_;
  SlotIndex index_;
  std::vector<std::uint64_t> keys_;
};

TEST(SlotIndexTest, FindsNothingWhereNothingIs) { EXPECT_FALSE(Keys(1).find(7)); }

TEST(SlotIndexTest, TellsKeysOfOneHashApart) {
  Keys keys(1);
  for (std::uint64_t key = 0; key < 40; ++key) keys.insert(key);
  for (std::uint64_t key = 0; key < 40; ++key) EXPECT_EQ(keys.find(key), key);
  EXPECT_FALSE(keys.find(40));
}

TEST(SlotIndexTest, FindsWhatLayBehindAnErasedKey) {
  for (const std::uint64_t hashes : {1U, 3U, 17U, 1000U}) {
    Keys keys(hashes);
    std::vector<std::uint64_t> there;
    std::vector<std::uint64_t> gone;
    Random random(hashes);
    for (std::uint64_t key = 0; key < 400; ++key) {
      keys.insert(key);
      there.push_back(key);
      if (key % 3 == 0) continue;
      std::swap(there[random.below(there.size())], there.back());
      keys.erase(there.back());
      gone.push_back(there.back());
      there.pop_back();
    }
    EXPECT_TRUE(std::ranges::all_of(there, [&](auto key) { return keys.find(key) == key; }));
    EXPECT_TRUE(std::ranges::none_of(gone, [&](auto key) { return keys.find(key).has_value(); }));
  }
}

}  // namespace
}  // namespace parley
