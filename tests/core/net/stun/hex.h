// Bytes written as in the RFCs.
#pragma once

#include <charconv>
#include <string_view>
#include <vector>

namespace parley::testing {

inline std::vector<std::uint8_t> from_hex(std::string_view text) {
  std::vector<std::uint8_t> bytes;
  while (text.size() >= 2) {
    if (text.front() == ' ' || text.front() == '\n') {
      text.remove_prefix(1);
      continue;
    }
    std::uint8_t byte = 0;
    std::from_chars(text.data(), text.data() + 2, byte, 16);
    bytes.push_back(byte);
    text.remove_prefix(2);
  }
  return bytes;
}

}  // namespace parley::testing
