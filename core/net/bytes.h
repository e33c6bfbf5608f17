// Views of bytes and numbers in network byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace parley {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

inline Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view text_of(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Precondition of each: as many bytes lie at `from` or `to` as the number has.

constexpr std::uint16_t load16(const std::uint8_t* from) {
  return static_cast<std::uint16_t>(from[0] << 8 | from[1]);
}

constexpr std::uint32_t load32(const std::uint8_t* from) {
  return std::uint32_t{load16(from)} << 16 | load16(from + 2);
}

constexpr std::uint64_t load64(const std::uint8_t* from) {
  return std::uint64_t{load32(from)} << 32 | load32(from + 4);
}

constexpr void store16(std::uint8_t* to, std::uint16_t value) {
  to[0] = static_cast<std::uint8_t>(value >> 8);
  to[1] = static_cast<std::uint8_t>(value);
}

constexpr void store32(std::uint8_t* to, std::uint32_t value) {
  store16(to, static_cast<std::uint16_t>(value >> 16));
  store16(to + 2, static_cast<std::uint16_t>(value));
}

constexpr void store64(std::uint8_t* to, std::uint64_t value) {
  store32(to, static_cast<std::uint32_t>(value >> 32));
  store32(to + 4, static_cast<std::uint32_t>(value));
}

}  // namespace parley
