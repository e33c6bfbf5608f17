// Looks through JSON strings eight bytes at a time. Descriptions of peer connections are the
// longest texts that pass through the server, so that these loops are most of what reading and
// writing them costs.
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

// Eight bytes of text. Each test yields a mask whose lowest set bit belongs to the first byte that
// is meant, of which position() tells the place; bits above that one may be wrong, by the borrow of
// a subtraction.
class JsonWord {
 public:
  using Mask = std::uint64_t;
  static constexpr std::size_t bytes = sizeof(std::uint64_t);

  // Precondition: there are as many bytes.
  explicit JsonWord(const char* from) { std::memcpy(&word_, from, bytes); }
  void store(char* to) const { std::memcpy(to, &word_, bytes); }

  Mask is(char character) const {
    const Mask zero_where_equal = word_ ^ (each * static_cast<unsigned char>(character));
    return (zero_where_equal - each) & ~zero_where_equal & top;
  }
  Mask is_control() const { return (word_ - each * 0x20) & ~word_ & top; }
  Mask is_beyond_ascii() const { return word_ & top; }

  // Precondition: a byte is meant.
  static std::size_t position(Mask tested) {
    return static_cast<std::size_t>(std::countr_zero(tested)) / 8;
  }

 private:
  static constexpr Mask each = 0x0101010101010101ULL;
  static constexpr Mask top = each * 0x80;

  Mask word_ = 0;
};

static_assert(std::endian::native == std::endian::little, "the lowest byte must come first");

// The offset of the first byte at or after `at` that is not plain, or the size of `text`.
inline std::size_t plain_json_end(std::string_view text, std::size_t at) {
  for (; text.size() - at >= JsonWord::bytes; at += JsonWord::bytes) {
    const JsonWord word(text.data() + at);
    const auto is_special =
        word.is_beyond_ascii() | word.is_control() | word.is('"') | word.is('\\');
    if (is_special != 0) return at + JsonWord::position(is_special);
  }
  while (at < text.size() && is_plain_json(text[at])) ++at;
  return at;
}

}  // namespace parley
