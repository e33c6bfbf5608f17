// Bytes as text.
//
// Thread-safety: a free function without state.
#pragma once

#include <span>
#include <string>

namespace parley {

// Two digits of 0-9 a-f a byte.
inline std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const unsigned char byte : bytes) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

}  // namespace parley
