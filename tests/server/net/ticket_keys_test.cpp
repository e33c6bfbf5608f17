#include "server/net/ticket_keys.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

const TicketKeys::Clock::time_point start{};

TEST(TicketKeys, StayTheSameForAWhile) {
  TicketKeys keys(start);
  const auto first = keys.current(start);
  ASSERT_TRUE(first);
  const auto later = keys.current(start + TicketKeys::rotate_after - std::chrono::seconds(1));
  EXPECT_EQ(first->name, later->name);
  EXPECT_EQ(first->cipher, later->cipher);
  EXPECT_EQ(first->mac, later->mac);
}

TEST(TicketKeys, AreTakenForOneMoreTurnAndThenForgotten) {
  TicketKeys keys(start);
  const auto first = keys.current(start);
  const auto second = keys.current(start + TicketKeys::rotate_after);
  EXPECT_NE(first->name, second->name);
  EXPECT_NE(first->cipher, second->cipher);
  const auto found = keys.find(first->name.data(), start + TicketKeys::rotate_after);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->cipher, first->cipher);
  EXPECT_TRUE(keys.find(second->name.data(), start + 2 * TicketKeys::rotate_after));
  EXPECT_FALSE(keys.find(first->name.data(), start + 2 * TicketKeys::rotate_after));
}

TEST(TicketKeys, AreForgottenAfterALongSilence) {
  TicketKeys keys(start);
  const auto first = keys.current(start);
  EXPECT_FALSE(keys.find(first->name.data(), start + 2 * TicketKeys::rotate_after));
}

TEST(TicketKeys, DifferFromOneServerToTheNext) {
  TicketKeys one(start);
  TicketKeys other(start);
  EXPECT_FALSE(other.find(one.current(start)->name.data(), start));
}

}  // namespace
}  // namespace parley
