#include "server/webhooks/webhook_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace parley {
namespace {

constexpr Timestamp start;

class WebhookQueueTest : public ::testing::Test {
 protected:
  void add(const std::string& room, const std::string& body, Timestamp now = start) {
    queue_.add(RoomId(room), body, now);
  }

  // The bodies of all that is due at `now`.
  std::vector<std::string> due(Timestamp now) {
    std::vector<std::string> bodies;
    while (const auto attempt = queue_.next(now)) bodies.push_back(*attempt->body);
    return bodies;
  }

  using Bodies = std::vector<std::string>;
  static constexpr WebhookRetries retries{3, Duration::seconds(1), Duration::seconds(8)};
  WebhookQueue queue_{retries, 1};
};

TEST_F(WebhookQueueTest, WithoutEventsThereIsNothingToDo) {
  EXPECT_EQ(queue_.next(start), std::nullopt);
  EXPECT_EQ(queue_.next_timeout(), std::nullopt);
}

TEST_F(WebhookQueueTest, SendsTheEventsOfARoomOneAfterTheOther) {
  add("a", "1");
  add("a", "2");
  EXPECT_EQ(queue_.next_timeout(), start);
  EXPECT_EQ(due(start), Bodies{"1"});
  EXPECT_EQ(queue_.next_timeout(), std::nullopt) << "the first is on its way";
  queue_.delivered(RoomId("a"), start);
  EXPECT_EQ(due(start), Bodies{"2"});
  queue_.delivered(RoomId("a"), start);
  EXPECT_EQ(queue_.next_timeout(), std::nullopt);
}

TEST_F(WebhookQueueTest, SendsThoseOfSeveralRoomsAtTheSameTimeButNotOfAll) {
  Bodies all;
  for (char name = 'a'; all.size() <= WebhookQueue::most_at_once; ++name) {
    all.emplace_back(1, name);
    add(all.back(), all.back());
  }
  const Bodies last{all.back()};
  all.pop_back();
  EXPECT_EQ(due(start), all);
  EXPECT_EQ(queue_.next_timeout(), std::nullopt);
  queue_.delivered(RoomId("b"), start);
  EXPECT_EQ(due(start), last);
}

TEST_F(WebhookQueueTest, AFailedOneIsSentAgainAfterPausesThatGrowAndKeepsItsPlace) {
  add("a", "1");
  add("a", "2");
  Timestamp now = start;
  for (const auto whole : {Duration::seconds(1), Duration::seconds(2)}) {
    ASSERT_EQ(due(now), Bodies{"1"});
    EXPECT_EQ(queue_.failed(RoomId("a"), now), WebhookQueue::Failure::TriedAgain);
    const auto next = queue_.next_timeout();
    ASSERT_TRUE(next);
    EXPECT_GE(*next - now, whole / 2);
    EXPECT_LT(*next - now, whole);
    EXPECT_EQ(due(*next - Duration::microseconds(1)), Bodies{});
    now = *next;
  }
  ASSERT_EQ(due(now), Bodies{"1"});
  queue_.delivered(RoomId("a"), now);
  EXPECT_EQ(due(now), Bodies{"2"});
}

TEST_F(WebhookQueueTest, OneThatFailsTooOftenIsGivenUpAndTheNextBeginsAnew) {
  add("a", "1");
  add("a", "2");
  Timestamp now = start;
  for (unsigned attempt = 1; attempt < retries.most_attempts; ++attempt) {
    ASSERT_EQ(due(now), Bodies{"1"});
    EXPECT_EQ(queue_.failed(RoomId("a"), now), WebhookQueue::Failure::TriedAgain);
    now = *queue_.next_timeout();
  }
  ASSERT_EQ(due(now), Bodies{"1"});
  EXPECT_EQ(queue_.failed(RoomId("a"), now), WebhookQueue::Failure::GivenUp);
  ASSERT_EQ(due(now), Bodies{"2"});
  EXPECT_EQ(queue_.failed(RoomId("a"), now), WebhookQueue::Failure::TriedAgain);
  EXPECT_LT(*queue_.next_timeout() - now, retries.first_pause);
}

TEST_F(WebhookQueueTest, ARoomWhoseEventFailsDoesNotHoldUpTheOthers) {
  add("a", "1");
  add("b", "2");
  EXPECT_EQ(due(start), (Bodies{"1", "2"}));
  queue_.failed(RoomId("a"), start);
  queue_.delivered(RoomId("b"), start);
  add("b", "3");
  EXPECT_EQ(due(start), Bodies{"3"});
}

TEST_F(WebhookQueueTest, ForgivenFailuresAreSentAgainAtOnceAndCountNoMore) {
  add("a", "1");
  add("b", "2");
  for (unsigned attempt = 1; attempt < retries.most_attempts; ++attempt) {
    ASSERT_EQ(due(start + Duration::seconds(60 * attempt)), (Bodies{"1", "2"}));
    queue_.failed(RoomId("a"), start + Duration::seconds(60 * attempt));
    if (attempt == 1) queue_.failed(RoomId("b"), start + Duration::seconds(60));
  }
  const auto now = start + Duration::seconds(60 * (retries.most_attempts - 1));
  ASSERT_EQ(due(now), Bodies{}) << "\"1\" is in its pause, \"2\" is being sent";
  queue_.forgive(now);
  EXPECT_EQ(due(now), Bodies{"1"});
  for (const auto* room : {"a", "b"}) {
    EXPECT_EQ(queue_.failed(RoomId(room), now), WebhookQueue::Failure::TriedAgain);
  }
  EXPECT_LT(*queue_.next_timeout() - now, retries.first_pause);
}

TEST_F(WebhookQueueTest, ForgetsAllButWhatIsBeingSent) {
  add("a", "1");
  add("b", "2");
  add("b", "3");
  EXPECT_EQ(due(start), (Bodies{"1", "2"}));
  queue_.failed(RoomId("a"), start);
  add("a", "4");
  EXPECT_EQ(queue_.forget_waiting(), 3u);
  EXPECT_EQ(queue_.next_timeout(), std::nullopt);
  queue_.delivered(RoomId("b"), start);
  EXPECT_EQ(queue_.next_timeout(), std::nullopt);
  add("a", "5");
  EXPECT_EQ(due(start), Bodies{"5"});
}

TEST(WebhookRetries, PausesGrowToTheLongestAndTakeAQuarterOfAnHourInAll) {
  const WebhookRetries retries;
  Random random(1);
  Duration shortest;
  Duration longest;
  Duration before;
  for (unsigned failures = 1; failures < retries.most_attempts; ++failures) {
    Duration whole = Duration::seconds(std::int64_t{1} << (failures - 1));
    whole = std::min(whole, retries.longest_pause);
    const auto pause = retries.pause(failures, random);
    EXPECT_GE(pause, whole / 2) << failures;
    EXPECT_LT(pause, whole) << failures;
    EXPECT_GE(whole, before);
    before = whole;
    shortest = shortest + whole / 2;
    longest = longest + whole;
  }
  EXPECT_GT(shortest, Duration::seconds(9 * 60));
  EXPECT_LT(longest, Duration::seconds(19 * 60));
}

}  // namespace
}  // namespace parley
