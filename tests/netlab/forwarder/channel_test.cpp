#include "tests/netlab/forwarder/channel.h"

#include <gtest/gtest.h>

#include "tests/netlab/forwarder/packets.h"

namespace parley::netlab {
namespace {

constexpr Address somewhere = address(10, 0, 0, 1);

std::uint8_t mark_of(const Packet& packet) { return packet.back(); }

TEST(ChannelTest, DelaysEachPacketAndKeepsTheOrder) {
  Channel channel(1);
  channel.set({.delay = Duration::milliseconds(20)});
  EXPECT_FALSE(channel.next_due());
  channel.offer(packet_to(somewhere, 1), at(0));
  channel.offer(packet_to(somewhere, 2), at(5));
  EXPECT_EQ(channel.next_due(), at(20));
  EXPECT_EQ(mark_of(channel.take()), 1);
  EXPECT_EQ(channel.next_due(), at(25));
  EXPECT_EQ(mark_of(channel.take()), 2);
  EXPECT_FALSE(channel.next_due());
  EXPECT_EQ(channel.counters().delivered, 2u);
}

TEST(ChannelTest, JitterDelaysByUpToItsLengthAndReordersNothing) {
  Channel channel(7);
  channel.set({.delay = Duration::milliseconds(20), .jitter = Duration::milliseconds(10)});
  for (std::uint8_t i = 0; i < 100; ++i) channel.offer(packet_to(somewhere, i), at(i));
  auto earliest = Duration::seconds(1);
  auto latest = Duration();
  for (std::uint8_t i = 0; i < 100; ++i) {
    const auto delay = *channel.next_due() - at(i);
    earliest = std::min(earliest, delay);
    latest = std::max(latest, delay);
    EXPECT_EQ(mark_of(channel.take()), i);
  }
  EXPECT_GE(earliest, Duration::milliseconds(20));
  EXPECT_LT(latest, Duration::milliseconds(30));
  EXPECT_GT(latest - earliest, Duration::milliseconds(5));
}

TEST(ChannelTest, LosesItsShareAndTheSamePacketsForTheSameSeed) {
  const auto survivors = [](std::uint64_t seed) {
    Channel channel(seed);
    channel.set({.lost_per_million = 50'000});
    std::vector<std::uint8_t> marks;
    for (int i = 0; i < 10'000; ++i) {
      channel.offer(packet_to(somewhere, static_cast<std::uint8_t>(i)), at(i));
      if (channel.next_due()) marks.push_back(mark_of(channel.take()));
    }
    EXPECT_EQ(channel.counters().lost + channel.counters().delivered, 10'000u);
    EXPECT_NEAR(static_cast<double>(channel.counters().lost), 500, 100);
    return marks;
  };
  EXPECT_EQ(survivors(3), survivors(3));
  EXPECT_NE(survivors(3), survivors(4));
}

TEST(ChannelTest, LosesNothingOrEverythingWhereToldSo) {
  Channel channel(1);
  for (int i = 0; i < 1'000; ++i) channel.offer(packet_to(somewhere), at(0));
  EXPECT_EQ(channel.counters().lost, 0u);
  channel.set({.lost_per_million = 1'000'000});
  for (int i = 0; i < 1'000; ++i) channel.offer(packet_to(somewhere), at(0));
  EXPECT_EQ(channel.counters().lost, 1'000u);
}

TEST(ChannelTest, ClosedItDropsWhatIsOfferedButNotWhatIsOnItsWay) {
  Channel channel(1);
  channel.set({.delay = Duration::milliseconds(20)});
  channel.offer(packet_to(somewhere, 1), at(0));
  channel.set({.delay = Duration::milliseconds(20), .is_open = false});
  channel.offer(packet_to(somewhere, 2), at(1));
  channel.set({.delay = Duration::milliseconds(20)});
  channel.offer(packet_to(somewhere, 3), at(2));
  EXPECT_EQ(mark_of(channel.take()), 1);
  EXPECT_EQ(mark_of(channel.take()), 3);
  EXPECT_EQ(channel.counters().refused, 1u);
}

TEST(ChannelTest, ARateSpacesPackets) {
  Channel channel(1);
  // 1,000 bytes at 1 Mbit/s take 8 ms.
  channel.set({.delay = Duration::milliseconds(20), .bits_per_second = 1'000'000});
  channel.offer(packet_to(somewhere, 1, 1'000), at(0));
  channel.offer(packet_to(somewhere, 2, 1'000), at(0));
  EXPECT_EQ(channel.next_due(), at(28));
  channel.take();
  EXPECT_EQ(channel.next_due(), at(36));
  channel.take();
  channel.offer(packet_to(somewhere, 3, 1'000), at(100));
  EXPECT_EQ(channel.next_due(), at(128));
}

TEST(ChannelTest, ABoundedQueueDropsWhatDoesNotFit) {
  Channel channel(1);
  channel.set({.delay = Duration::seconds(1)});
  for (std::size_t i = 0; i < Channel::longest_queue + 5; ++i) {
    channel.offer(packet_to(somewhere), at(0));
  }
  EXPECT_EQ(channel.counters().overflown, 5u);
}

TEST(ChannelTest, AShorterDelayDoesNotOvertake) {
  Channel channel(1);
  channel.set({.delay = Duration::milliseconds(50)});
  channel.offer(packet_to(somewhere, 1), at(0));
  channel.set({.delay = Duration::milliseconds(10)});
  channel.offer(packet_to(somewhere, 2), at(1));
  EXPECT_EQ(mark_of(channel.take()), 1);
  EXPECT_EQ(channel.next_due(), at(50));
}

}  // namespace
}  // namespace parley::netlab
