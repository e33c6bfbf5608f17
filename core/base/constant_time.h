// Compares secrets so that the time it takes says nothing about where they differ.
#pragma once

#include <cstddef>
#include <string_view>

namespace parley {

// Looks at `bytes` bytes of both, whatever their lengths. Precondition: neither is longer.
inline bool equal_in_constant_time(std::string_view left, std::string_view right,
                                   std::size_t bytes) {
  // volatile keeps the compiler from leaving the loop once the answer is known.
  volatile std::size_t difference = left.size() ^ right.size();
  for (std::size_t at = 0; at < bytes; ++at) {
    const auto byte_of = [at](std::string_view text) {
      return static_cast<unsigned char>(at < text.size() ? text[at] : '\0');
    };
    difference = difference | static_cast<std::size_t>(byte_of(left) ^ byte_of(right));
  }
  return difference == 0;
}

}  // namespace parley
