#include "tests/netlab/forwarder/packet.h"

#include <gtest/gtest.h>

#include "tests/netlab/forwarder/packets.h"

namespace parley::netlab {
namespace {

TEST(PacketTest, ReadsTheDestination) {
  EXPECT_EQ(destination_of(packet_to(address(10, 0, 200, 7))), address(10, 0, 200, 7));
}

TEST(PacketTest, RefusesWhatIsNoWholeIpv4Packet) {
  const auto good = packet_to(address(10, 0, 0, 1));
  EXPECT_FALSE(destination_of({}));
  EXPECT_FALSE(destination_of(std::span(good).first(header_length - 1)));
  EXPECT_FALSE(destination_of(std::span(good).first(header_length)));  // says that it is longer

  auto ipv6 = good;
  ipv6[0] = 0x65;
  EXPECT_FALSE(destination_of(ipv6));

  auto short_header = good;
  short_header[0] = 0x44;
  EXPECT_FALSE(destination_of(short_header));

  auto header_beyond_end = good;
  header_beyond_end[0] = 0x4f;
  EXPECT_FALSE(destination_of(header_beyond_end));
}

TEST(PrefixTest, ContainsItsAddressesAndNoOthers) {
  const auto prefix = Prefix::parse("10.0.1.77/24");
  ASSERT_TRUE(prefix);
  EXPECT_TRUE(prefix->contains(address(10, 0, 1, 0)));
  EXPECT_TRUE(prefix->contains(address(10, 0, 1, 255)));
  EXPECT_FALSE(prefix->contains(address(10, 0, 2, 0)));
  EXPECT_FALSE(prefix->contains(address(10, 0, 0, 255)));

  const auto one = Prefix::parse("192.168.0.1/32");
  ASSERT_TRUE(one);
  EXPECT_TRUE(one->contains(address(192, 168, 0, 1)));
  EXPECT_FALSE(one->contains(address(192, 168, 0, 0)));
}

TEST(PrefixTest, RefusesWhatIsNoPrefix) {
  for (const auto* text :
       {"", "10.0.0.1", "10.0.0/24", "10.0.0.256/24", "10.0.0.1/0", "10.0.0.1/33", "10.0.0.1/24x",
        "10.0.0.1.2/24", "a.b.c.d/8", "-1.0.0.0/8"}) {
    EXPECT_FALSE(Prefix::parse(text)) << text;
  }
}

}  // namespace
}  // namespace parley::netlab
