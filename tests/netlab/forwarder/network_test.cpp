#include "tests/netlab/forwarder/network.h"

#include <gtest/gtest.h>

#include "tests/netlab/forwarder/packets.h"

namespace parley::netlab {
namespace {

constexpr Address ana = address(10, 0, 1, 2);
constexpr Address ben = address(10, 0, 2, 2);

class NetworkTest : public testing::Test {
 protected:
  NetworkTest() {
    for (const LinkIndex link : {to_ana, to_ben}) {
      for (const auto direction : {Direction::Up, Direction::Down}) {
        network.set(link, direction, {.delay = Duration::milliseconds(10)});
      }
    }
  }

  static constexpr LinkIndex to_ana = 0;
  static constexpr LinkIndex to_ben = 1;
  Network network{{{"ana", *Prefix::parse("10.0.1.0/24")}, {"ben", *Prefix::parse("10.0.2.0/24")}},
                  1};
};

TEST_F(NetworkTest, FindsLinksByName) {
  EXPECT_EQ(network.find("ben"), to_ben);
  EXPECT_FALSE(network.find("eve"));
}

TEST_F(NetworkTest, APacketTakesTheDelaysOfBothLinks) {
  network.received(to_ana, packet_to(ben, 5), at(0));
  EXPECT_EQ(network.next_due(), at(10));
  EXPECT_FALSE(network.take_due(at(10)));
  EXPECT_EQ(network.next_due(), at(20));
  EXPECT_FALSE(network.take_due(at(19)));
  const auto delivery = network.take_due(at(20));
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->link, to_ben);
  EXPECT_EQ(delivery->packet, packet_to(ben, 5));
  EXPECT_FALSE(network.next_due());
}

TEST_F(NetworkTest, ALateLookDelaysNothingTwice) {
  network.received(to_ana, packet_to(ben), at(0));
  EXPECT_TRUE(network.take_due(at(25)));
}

TEST_F(NetworkTest, DeliversInTheOrderInWhichPacketsAreDue) {
  network.received(to_ana, packet_to(ben, 1), at(3));
  network.received(to_ben, packet_to(ana, 2), at(1));
  EXPECT_EQ(network.take_due(at(100))->link, to_ana);
  EXPECT_EQ(network.take_due(at(100))->link, to_ben);
  EXPECT_FALSE(network.take_due(at(100)));
}

TEST_F(NetworkTest, CountsWhatNoLinkIsFor) {
  network.received(to_ana, packet_to(address(10, 0, 3, 1)), at(0));
  network.received(to_ana, Packet{1, 2, 3}, at(0));
  EXPECT_FALSE(network.take_due(at(100)));
  EXPECT_EQ(network.unrouted(), 2u);
}

TEST_F(NetworkTest, ABlockHoldsForOneDirectionOnly) {
  network.block(to_ana, to_ben);
  network.received(to_ana, packet_to(ben), at(0));
  network.received(to_ben, packet_to(ana), at(0));
  const auto delivery = network.take_due(at(100));
  ASSERT_TRUE(delivery);
  EXPECT_EQ(delivery->link, to_ana);
  EXPECT_FALSE(network.take_due(at(100)));
  EXPECT_EQ(network.blocked(), 1u);

  network.unblock(to_ana, to_ben);
  network.received(to_ana, packet_to(ben), at(200));
  EXPECT_TRUE(network.take_due(at(300)));
}

TEST_F(NetworkTest, AClosedDirectionLeavesTheOtherOpen) {
  network.set(to_ana, Direction::Up, {.is_open = false});
  network.received(to_ana, packet_to(ben), at(0));
  EXPECT_FALSE(network.take_due(at(100)));
  network.received(to_ben, packet_to(ana), at(0));
  EXPECT_TRUE(network.take_due(at(100)));
}

}  // namespace
}  // namespace parley::netlab
