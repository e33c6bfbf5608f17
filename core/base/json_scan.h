// Finds where plain text ends inside a JSON string. Descriptions of peer connections are the
// longest texts that pass through the server, so this loop is most of what reading and writing them
// costs; it looks at eight bytes at a time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace parley {

// Printable ASCII without the quotation mark and the reverse solidus: needs no escape and no check.
constexpr bool is_plain_json(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

static_assert(std::endian::native == std::endian::little, "the lowest byte must come first");

// The offset of the first byte at or after `at` that is not plain, or the size of `text`.
inline std::size_t plain_json_end(std::string_view text, std::size_t at) {
  constexpr std::uint64_t each = 0x0101010101010101ULL;
  constexpr std::uint64_t top = each * 0x80;
  // The lowest byte with its top bit set is the lowest byte of `word` that is zero; bytes above it
  // may be set by the borrow.
  const auto has_zero = [](std::uint64_t word) { return (word - each) & ~word & top; };
  for (; text.size() - at >= sizeof(std::uint64_t); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const auto is_special = (word & top) | ((word - each * 0x20) & ~word & top) |
                            has_zero(word ^ (each * '"')) | has_zero(word ^ (each * '\\'));
    if (is_special != 0) return at + static_cast<std::size_t>(std::countr_zero(is_special)) / 8;
  }
  while (at < text.size() && is_plain_json(text[at])) ++at;
  return at;
}

}  // namespace parley
