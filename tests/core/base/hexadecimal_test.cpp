#include "core/base/hexadecimal.h"

#include <gtest/gtest.h>

#include <array>

namespace parley {
namespace {

TEST(Hexadecimal, HasTwoDigitsForEachByteTheHigherFirst) {
  constexpr std::array<unsigned char, 6> bytes{0x00, 0x09, 0x0a, 0x7f, 0xb0, 0xff};
  EXPECT_EQ(hexadecimal(bytes), "00090a7fb0ff");
}

TEST(Hexadecimal, OfNoBytesIsEmpty) { EXPECT_EQ(hexadecimal({}), ""); }

}  // namespace
}  // namespace parley
