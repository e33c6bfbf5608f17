#include "core/net/base64.h"

#include <string_view>

namespace parley {

std::string to_base64(Bytes bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t next = at; next < at + 3; ++next) {
      group = group << 8 | (next < bytes.size() ? bytes[next] : 0);
    }
    for (int shift = 18; shift >= 0; shift -= 6) text += digits[group >> shift & 63];
  }
  if (bytes.size() % 3 > 0)
    text.replace(text.size() - (3 - bytes.size() % 3), 3, 3 - bytes.size() % 3, '=');
  return text;
}

}  // namespace parley
