// How large a picture everybody gets of the camera. Each other participant costs this side an
// encoder and an upload of its own, and shows the picture in a smaller tile the more there are.
#pragma once

#include <cstddef>
#include <cstdint>

namespace parley {

// Others up to whom a picture is sent whole, and at half its width and height; to more it goes at a
// quarter. A screen 1280 wide shows the pictures of three others in tiles of some 640, those of six
// in tiles of some 420.
inline constexpr std::size_t whole_pictures_up_to = 2;
inline constexpr std::size_t half_pictures_up_to = 5;

// By what width and height are divided. Thread-safety: any.
constexpr std::uint32_t camera_divisor(std::size_t others) {
  if (others <= whole_pictures_up_to) return 1;
  return others <= half_pictures_up_to ? 2 : 4;
}

}  // namespace parley
