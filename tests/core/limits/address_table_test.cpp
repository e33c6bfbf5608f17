#include "core/limits/address_table.h"

#include <gtest/gtest.h>

#include <map>

#include "core/base/fields.h"
#include "core/base/random.h"
#include "tests/core/limits/start.h"

namespace parley {
namespace {

IpAddress address(std::uint32_t number) { return IpAddress::ipv4(0xc0000200 + number); }

AddressLimits small() {
  AddressLimits limits;
  limits.most(Held::Connections) = 2;
  limits.rate(Flow::Connections) = {1, 3};
  limits.rate(Flow::Joins) = {1, 2};
  return limits;
}

class AddressTableTest : public ::testing::Test {
 protected:
  std::optional<LimitReason> open(std::uint32_t number) {
    const auto denial = table_.open(address(number), Held::Connections, limits_, now_);
    return denial ? std::optional(denial->reason) : std::nullopt;
  }
  void close(std::uint32_t number) { table_.close(address(number), Held::Connections); }
  std::optional<LimitReason> join(std::uint32_t number) {
    const auto denial = table_.take(address(number), Flow::Joins, 1, limits_, now_);
    return denial ? std::optional(denial->reason) : std::nullopt;
  }

  AddressTable table_{4, 7};
  AddressLimits limits_ = small();
  Timestamp now_ = start;
};

TEST_F(AddressTableTest, LimitsWhatAnAddressHolds) {
  EXPECT_EQ(open(1), std::nullopt);
  EXPECT_EQ(open(1), std::nullopt);
  EXPECT_EQ(open(1), LimitReason::ConnectionsHeld);
  EXPECT_EQ(open(2), std::nullopt) << "another address is another matter";
  close(1);
  EXPECT_EQ(open(1), std::nullopt);
}

TEST_F(AddressTableTest, LimitsHowOftenAnAddressOpens) {
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(open(1), std::nullopt);
    close(1);
  }
  EXPECT_EQ(open(1), LimitReason::Connections);
  now_ = now_ + Duration::seconds(1);
  EXPECT_EQ(open(1), std::nullopt);
}

TEST_F(AddressTableTest, LimitsHowOftenAnAddressAsksAndSaysWhenItMayAgain) {
  limits_.rate(Flow::Requests) = {2, 5};
  const auto ask = [&](std::uint32_t number) {
    return table_.take(address(number), Flow::Requests, 1, limits_, now_);
  };
  for (int asked = 0; asked < 5; ++asked) EXPECT_FALSE(ask(1));
  const auto denial = ask(1);
  ASSERT_TRUE(denial);
  EXPECT_EQ(denial->reason, LimitReason::Requests);
  EXPECT_EQ(name_of(denial->reason), "requests");
  EXPECT_EQ(denial->retry_after, Duration::milliseconds(500));
  EXPECT_FALSE(ask(2)) << "another address is another matter";
  EXPECT_EQ(join(1), std::nullopt) << "and so is another flow";

  now_ = now_ + denial->retry_after;
  EXPECT_FALSE(ask(1));
  EXPECT_TRUE(ask(1)) << "being refused cost nothing, and saved nothing up";
  now_ = now_ + Duration::seconds(60);
  for (int asked = 0; asked < 5; ++asked) EXPECT_FALSE(ask(1));
  EXPECT_TRUE(ask(1));
}

TEST_F(AddressTableTest, ForgetsWhoWasQuietForLongest) {
  for (std::uint32_t number = 1; number <= 4; ++number) {
    join(number);
    join(number);
  }
  EXPECT_EQ(join(1), LimitReason::Joins);  // refused, and yet heard of
  EXPECT_EQ(join(5), std::nullopt);        // takes the place of 2
  EXPECT_EQ(table_.size(), 4u);
  EXPECT_EQ(join(1), LimitReason::Joins);
  EXPECT_EQ(join(3), LimitReason::Joins);
  EXPECT_EQ(join(4), LimitReason::Joins);
  EXPECT_EQ(join(2), std::nullopt);  // as new; in the place of 5
}

TEST_F(AddressTableTest, NeverForgetsWhoHasAConnectionOpen) {
  for (std::uint32_t number = 1; number <= 4; ++number) EXPECT_EQ(open(number), std::nullopt);
  EXPECT_EQ(open(5), LimitReason::Addresses);
  EXPECT_EQ(join(5), LimitReason::Addresses);
  close(3);
  EXPECT_EQ(open(5), std::nullopt);
  EXPECT_EQ(open(1), std::nullopt);
  EXPECT_EQ(open(1), LimitReason::ConnectionsHeld);
}

TEST_F(AddressTableTest, KnowsOfAnIpv6AddressItsHalf) {
  const auto one = IpAddress::ipv6(0x20010db800000001, 1);
  const auto other = IpAddress::ipv6(0x20010db800000001, 0xffff);
  const auto neighbour = IpAddress::ipv6(0x20010db800000002, 1);
  EXPECT_EQ(limited_part(one), limited_part(other));
  EXPECT_NE(limited_part(one), limited_part(neighbour));
  EXPECT_EQ(limited_part(address(1)), address(1));
}

TEST_F(AddressTableTest, HoldsNoMoreThanItsBoundHoweverManyCome) {
  constexpr std::size_t capacity = 500;
  AddressTable table(capacity, 99);
  for (std::uint32_t number = 0; number < 100'000; ++number) {
    table.take(IpAddress::ipv4(number * 2654435761U), Flow::Joins, 1, limits_, now_);
  }
  EXPECT_EQ(table.size(), capacity);
  EXPECT_LE(AddressTable::memory_bytes(65'536), 8U << 20);
}

// Against a table that says the same in the plainest way.
TEST_F(AddressTableTest, CountsAsAPlainMapDoes) {
  Random random(5);
  AddressTable table(64, 3);
  std::map<std::uint32_t, std::uint32_t> held;
  limits_.rate(Flow::Connections) = {};
  for (int step = 0; step < 20'000; ++step) {
    const auto number = static_cast<std::uint32_t>(random.below(60));
    if (random.below(2) == 0) {
      const auto denial = table.open(address(number), Held::Connections, limits_, now_);
      ASSERT_EQ(!denial, held[number] < 2);
      if (!denial) ++held[number];
    } else if (held[number] > 0) {
      table.close(address(number), Held::Connections);
      --held[number];
    }
  }
}

// A school at nine o'clock: 200 pupils behind one address load the page, open a WebSocket, join and
// set up calls of four, all within a second.
TEST(AddressLimitsTest, ASchoolBehindOneAddressIsNotShutOutByTheDefaults) {
  AddressTable table(16, 1);
  const AddressLimits limits;
  const IpAddress school = address(1);
  const auto all = [&](int times, auto what) {
    for (int time = 0; time < times; ++time) {
      ASSERT_EQ(what().value_or(Denial{}).retry_after, Duration());
    }
  };
  all(200 * 7, [&] { return table.open(school, Held::Connections, limits, start); });
  // The page, loaded anew twice, and the WebSocket.
  all(200 * (3 * 10 + 1), [&] { return table.take(school, Flow::Requests, 1, limits, start); });
  all(200, [&] { return table.open(school, Held::Websockets, limits, start); });
  all(200, [&] { return table.take(school, Flow::Joins, 1, limits, start); });
  all(200, [&] { return table.take(school, Flow::Rooms, 1, limits, start); });
  all(200 * 100, [&] { return table.take(school, Flow::Messages, 1, limits, start); });
  all(200 * 3, [&] { return table.take(school, Flow::Bytes, 12 << 10, limits, start); });
  all(200 * 60, [&] { return table.take(school, Flow::Bytes, 300, limits, start); });
}

}  // namespace
}  // namespace parley
