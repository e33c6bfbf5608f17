#include "core/net/stun/frame_cutter.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/core/net/stun/hex.h"

namespace parley::stun {
namespace {

using parley::testing::from_hex;
using Frames = std::vector<std::vector<std::uint8_t>>;

constexpr std::size_t longest = 64;

// A stream in pieces of `size` bytes, as a host reads it.
Frames cut_in_pieces(FrameCutter& cutter, Bytes stream, std::size_t size) {
  Frames frames;
  std::vector<std::uint8_t> buffer(longest + size);
  while (!stream.empty()) {
    const Bytes piece = stream.first(std::min(size, stream.size()));
    stream = stream.subspan(piece.size());
    const std::size_t held = cutter.restore(buffer.data());
    EXPECT_LT(held, longest);
    std::ranges::copy(piece, buffer.begin() + static_cast<std::ptrdiff_t>(held));
    EXPECT_TRUE(cutter.cut(std::span(buffer).first(held + piece.size()),
                           [&](auto frame) { frames.emplace_back(frame.begin(), frame.end()); }));
  }
  return frames;
}

TEST(FrameCutter, YieldsTheSameFramesHoweverTheStreamIsDivided) {
  const auto stream = from_hex(
      "0001 0004 2112a442 0102030405060708090a0b0c 8022 0000"
      "4000 0005 6162636465 000000"
      "4001 0000"
      "4002 0004 31323334");
  for (std::size_t size = 1; size <= stream.size(); ++size) {
    FrameCutter cutter(longest);
    const auto frames = cut_in_pieces(cutter, stream, size);
    ASSERT_EQ(frames.size(), 4u) << size;
    EXPECT_EQ(frames[0].size(), 24u);
    EXPECT_EQ(frames[1], from_hex("4000 0005 6162636465"));
    EXPECT_EQ(frames[2], from_hex("4001 0000"));
    EXPECT_EQ(frames[3], from_hex("4002 0004 31323334"));
    EXPECT_EQ(cutter.take_too_long(), 0u);
  }
}

TEST(FrameCutter, PassesOverWhatIsTooLong) {
  auto stream = from_hex("4000 0041");
  stream.resize(4 + 0x44, 0xff);
  const auto next = from_hex("4002 0004 31323334");
  stream.insert(stream.end(), next.begin(), next.end());
  for (std::size_t size = 1; size <= stream.size(); ++size) {
    FrameCutter cutter(longest);
    EXPECT_EQ(cut_in_pieces(cutter, stream, size), Frames{next});
    EXPECT_EQ(cutter.take_too_long(), 1u);
    EXPECT_EQ(cutter.take_too_long(), 0u);
  }
}

TEST(FrameCutter, EndsAtWhatIsNoFrame) {
  FrameCutter cutter(longest);
  auto stream = from_hex("4001 0000 16030101");
  std::size_t frames = 0;
  EXPECT_FALSE(cutter.cut(stream, [&](auto) { ++frames; }));
  EXPECT_EQ(frames, 1u);
}

}  // namespace
}  // namespace parley::stun
