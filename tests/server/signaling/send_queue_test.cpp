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
    EXPECT_EQ(queue.front(), std::string(1, letter));
    queue.pop();
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
  queue.pop();
  EXPECT_TRUE(queue.push(text(1)));
}

TEST(SendQueue, KeepsTheOneBeingWrittenWhenItDropsTheRest) {
  SendQueue queue;
  queue.drop_waiting();
  for (const char letter : {'a', 'b', 'c'}) ASSERT_TRUE(queue.push(text(5, letter)));
  queue.pop();
  queue.drop_waiting();
  EXPECT_EQ(queue.front(), "bbbbb");
  EXPECT_EQ(queue.bytes(), 5u);
  ASSERT_TRUE(queue.push(text(1, 'd')));
  queue.pop();
  EXPECT_EQ(queue.front(), "d");
}

TEST(SendQueue, SharesTextsInsteadOfCopyingThem) {
  const auto shared = text(100);
  SendQueue first;
  SendQueue second;
  ASSERT_TRUE(first.push(shared));
  ASSERT_TRUE(second.push(shared));
  EXPECT_EQ(first.front().data(), second.front().data());
  first.pop();
  second.pop();
  EXPECT_EQ(shared.use_count(), 1);
}

TEST(SendQueue, LastsThroughALongTrickle) {
  SendQueue queue;
  for (int round = 0; round < 10'000; ++round) {
    ASSERT_TRUE(queue.push(text(3)));
    ASSERT_TRUE(queue.push(text(3)));
    queue.pop();
    if (round % 2 == 1) queue.pop();
    if (queue.bytes() > 300) {
      while (!queue.empty()) queue.pop();
    }
  }
  while (!queue.empty()) queue.pop();
  EXPECT_EQ(queue.bytes(), 0u);
}

}  // namespace
}  // namespace parley
