#include "server/signaling/send_queue.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

SharedText text(std::size_t bytes, char letter = 'x') {
  return std::make_shared<const std::string>(bytes, letter);
}

TEST(SendQueue, KeepsTheOrder) {
  SendQueue queue;
  for (char letter = 'a'; letter <= 'z'; ++letter) ASSERT_TRUE(queue.push(text(1, letter)));
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    EXPECT_EQ(*queue.take(), std::string(1, letter));
  }
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.bytes(), 0u);
}

TEST(SendQueue, TakesNoMoreThanItsBound) {
  SendQueue queue;
  ASSERT_TRUE(queue.push(text(SendQueue::max_bytes - 10)));
  EXPECT_FALSE(queue.push(text(11)));
  EXPECT_TRUE(queue.push(text(10)));
  EXPECT_FALSE(queue.push(text(1)));
  queue.take();
  EXPECT_TRUE(queue.push(text(1)));
}

TEST(SendQueue, CountsWhatIsOnItsWayAlready) {
  SendQueue queue;
  EXPECT_FALSE(queue.push(text(11), SendQueue::max_bytes - 10));
  EXPECT_TRUE(queue.push(text(10), SendQueue::max_bytes - 10));
  EXPECT_EQ(queue.bytes(), 10u);
}

TEST(SendQueue, TakesAnewWhenItHasBeenCleared) {
  SendQueue queue;
  queue.clear();
  ASSERT_TRUE(queue.push(text(SendQueue::max_bytes)));
  queue.clear();
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.bytes(), 0u);
  ASSERT_TRUE(queue.push(text(1, 'd')));
  EXPECT_EQ(*queue.take(), "d");
}

TEST(SendQueue, SharesTextsInsteadOfCopyingThem) {
  const auto shared = text(100);
  SendQueue first;
  SendQueue second;
  ASSERT_TRUE(first.push(shared));
  ASSERT_TRUE(second.push(shared));
  EXPECT_EQ(first.take()->data(), second.take()->data());
  EXPECT_EQ(shared.use_count(), 1);
}

TEST(SendQueue, LastsThroughALongTrickle) {
  SendQueue queue;
  for (int round = 0; round < 10'000; ++round) {
    ASSERT_TRUE(queue.push(text(3)));
    ASSERT_TRUE(queue.push(text(3)));
    queue.take();
    if (round % 2 == 1) queue.take();
    if (queue.bytes() > 300) {
      while (!queue.empty()) queue.take();
    }
  }
  while (!queue.empty()) queue.take();
  EXPECT_EQ(queue.bytes(), 0u);
}

}  // namespace
}  // namespace parley
