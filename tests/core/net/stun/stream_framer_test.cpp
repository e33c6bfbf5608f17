#include "core/net/stun/stream_framer.h"

#include <gtest/gtest.h>

#include "core/net/packet_kind.h"
#include "tests/core/net/stun/hex.h"

namespace parley::stun {
namespace {

using parley::testing::from_hex;

TEST(StreamFramer, WaitsForTheWholeFrame) {
  auto stun = from_hex("0001 0004 2112a442 0102030405060708090a0b0c 8022 0000");
  auto data = from_hex("4000 0005 6162636465 000000");
  for (auto* whole : {&stun, &data}) {
    for (std::size_t size = 0; size < whole->size(); ++size) {
      const auto frame = frame_at(Bytes(*whole).first(size));
      ASSERT_FALSE(frame) << size;
      EXPECT_EQ(frame.error(), FrameError::Incomplete);
    }
    const std::size_t length = whole->size();
    whole->push_back(0x40);  // the next frame's beginning
    const auto frame = frame_at(*whole);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->whole, length);
    EXPECT_EQ(frame->size, whole == &stun ? length : 9);
  }
}

TEST(StreamFramer, KnowsAtTheFirstByteThatAStreamIsLost) {
  for (const auto* text : {"05", "10", "16", "3f", "80", "ff", "0001 0003"}) {
    const auto frame = frame_at(from_hex(text));
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error(), FrameError::Malformed) << text;
  }
}

TEST(StreamFramer, NoFrameIsLongerThanItsBound) {
  std::vector<std::uint8_t> longest(longest_frame);
  longest[0] = 0x40;
  longest[2] = longest[3] = 0xff;
  const auto frame = frame_at(longest);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->whole, longest_frame);
  EXPECT_FALSE(frame_at(Bytes(longest).first(longest_frame - 1)));
}

TEST(PacketKind, IsTheFirstBytes) {
  const std::pair<int, PacketKind> kinds[] = {
      {0, PacketKind::Stun},         {3, PacketKind::Stun},          {4, PacketKind::Unknown},
      {16, PacketKind::Zrtp},        {20, PacketKind::Dtls},         {63, PacketKind::Dtls},
      {64, PacketKind::ChannelData}, {127, PacketKind::ChannelData}, {128, PacketKind::Rtp},
      {191, PacketKind::Rtp},        {192, PacketKind::Unknown}};
  for (const auto& [first, kind] : kinds) {
    const auto byte = static_cast<std::uint8_t>(first);
    EXPECT_EQ(kind_of({&byte, 1}), kind) << first;
  }
  EXPECT_EQ(kind_of({}), PacketKind::Unknown);
}

}  // namespace
}  // namespace parley::stun
