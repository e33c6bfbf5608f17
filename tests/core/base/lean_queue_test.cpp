#include "core/base/lean_queue.h"

#include <gtest/gtest.h>

#include <memory>

namespace parley {
namespace {

TEST(LeanQueue, GivesBackInTheOrderOfComing) {
  LeanQueue<int> queue;
  int next = 0;
  int due = 0;
  // Grows by one each round, and so passes every way of giving back places.
  for (int round = 0; round < 200; ++round) {
    queue.push_back(next++);
    queue.push_back(next++);
    ASSERT_EQ(queue.front(), due);
    ASSERT_EQ(queue.take_front(), due++);
    ASSERT_EQ(queue.size(), static_cast<std::size_t>(next - due));
  }
  while (!queue.empty()) ASSERT_EQ(queue.take_front(), due++);
  EXPECT_EQ(due, next);
}

TEST(LeanQueue, LetsGoOfWhatWasTaken) {
  LeanQueue<std::shared_ptr<int>> queue;
  const auto shared = std::make_shared<int>(1);
  queue.push_back(shared);
  queue.push_back(shared);
  queue.take_front();
  EXPECT_EQ(shared.use_count(), 2);
  queue.take_front();
  EXPECT_EQ(shared.use_count(), 1);
}

TEST(LeanQueue, KeepsTheOldestAlone) {
  LeanQueue<int> queue;
  for (int each = 0; each < 5; ++each) queue.push_back(each);
  queue.take_front();
  queue.keep_front();
  EXPECT_EQ(queue.size(), 1u);
  queue.push_back(9);
  EXPECT_EQ(queue.take_front(), 1);
  EXPECT_EQ(queue.take_front(), 9);
  EXPECT_TRUE(queue.empty());
}

}  // namespace
}  // namespace parley
