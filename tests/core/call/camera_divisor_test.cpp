#include "core/call/camera_divisor.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(CameraDivisor, MakesPicturesSmallerTheMoreOfThemAreSentAndShown) {
  EXPECT_EQ(camera_divisor(0), 1u);
  EXPECT_EQ(camera_divisor(whole_pictures_up_to), 1u);
  EXPECT_EQ(camera_divisor(whole_pictures_up_to + 1), 2u);
  EXPECT_EQ(camera_divisor(half_pictures_up_to), 2u);
  EXPECT_EQ(camera_divisor(half_pictures_up_to + 1), 4u);
}

}  // namespace
}  // namespace parley
