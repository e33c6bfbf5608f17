#include "server/runtime/deadline_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace parley {
namespace {

TEST(DeadlineQueue, CallsInOrderAndNotBeforeTime) {
  asio::io_context context;
  std::vector<ConnectionId> due;
  const auto span = std::chrono::milliseconds(20);
  DeadlineQueue queue(context, span, [&](ConnectionId id) { due.push_back(id); });
  const auto begin = DeadlineQueue::Clock::now();
  for (ConnectionId id = 1; id <= 3; ++id) queue.add(id);
  context.run();
  EXPECT_GE(DeadlineQueue::Clock::now() - begin, span);
  EXPECT_EQ(due, (std::vector<ConnectionId>{1, 2, 3}));
}

TEST(DeadlineQueue, TakesDeadlinesFromWithinACall) {
  asio::io_context context;
  int calls = 0;
  DeadlineQueue queue(context, std::chrono::milliseconds(1), [&](ConnectionId id) {
    ++calls;
    if (id < 3) queue.add(id + 1);
  });
  queue.add(1);
  context.run();
  EXPECT_EQ(calls, 3);
}

}  // namespace
}  // namespace parley
