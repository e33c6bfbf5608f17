#include "core/limits/message_budget.h"

#include <gtest/gtest.h>

#include "tests/core/limits/start.h"

namespace parley {
namespace {

class MessageBudgetTest : public ::testing::Test {
 protected:
  std::optional<LimitReason> send(std::uint32_t bytes) {
    const auto denial =
        budget_.take_message(bytes, limits_, start, [this](Flow flow, std::uint32_t tokens) {
          ++draws_;
          auto& left = flow == Flow::Messages ? messages_ : bytes_;
          if (left < tokens) return std::optional(Denial{reason_of(flow), Duration::seconds(1)});
          left -= tokens;
          return std::optional<Denial>();
        });
    return denial ? std::optional(denial->reason) : std::nullopt;
  }

  MessageBudget budget_;
  ConnectionLimits limits_;
  std::uint32_t messages_ = 1'000'000;  // that the address may still send
  std::uint32_t bytes_ = 100'000'000;
  int draws_ = 0;
};

TEST_F(MessageBudgetTest, EndsWithTheConnectionsOwnMessagesAndBytes) {
  limits_.messages = {1, 3};
  limits_.bytes = {1, 1'000};
  EXPECT_EQ(send(1'001), LimitReason::ConnectionBytes);
  EXPECT_EQ(send(10), std::nullopt);
  EXPECT_EQ(send(10), std::nullopt);
  EXPECT_EQ(send(10), LimitReason::ConnectionMessages);
}

TEST_F(MessageBudgetTest, EndsWithWhatTheAddressMaySend) {
  messages_ = 2 * MessageBudget::portion_messages;
  for (std::uint32_t sent = 0; sent < 2 * MessageBudget::portion_messages; ++sent) {
    EXPECT_EQ(send(10), std::nullopt);
  }
  EXPECT_EQ(send(10), LimitReason::Messages);
}

TEST_F(MessageBudgetTest, CountsEveryByteOfMessagesLargerThanAPortion) {
  bytes_ = 3 * 60'000;
  for (int sent = 0; sent < 3; ++sent) EXPECT_EQ(send(60'000), std::nullopt);
  EXPECT_EQ(send(60'000), LimitReason::Bytes);
}

TEST_F(MessageBudgetTest, AsksTheSharedBucketsOnceInAWhile) {
  for (int sent = 0; sent < 160; ++sent) EXPECT_EQ(send(100), std::nullopt);
  EXPECT_EQ(draws_, 10 + 1);
}

TEST_F(MessageBudgetTest, EndsWithTheConnectionsJoins) {
  limits_.joins = {1, 2};
  EXPECT_FALSE(budget_.take_join(limits_, start));
  EXPECT_FALSE(budget_.take_join(limits_, start));
  const auto denial = budget_.take_join(limits_, start);
  ASSERT_TRUE(denial);
  EXPECT_EQ(denial->reason, LimitReason::ConnectionJoins);
}

}  // namespace
}  // namespace parley
