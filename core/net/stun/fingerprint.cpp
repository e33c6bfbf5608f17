#include "core/net/stun/fingerprint.h"

#include <array>

namespace parley::stun {
namespace {

// CRC-32 as in ISO/IEC 13239 and Ethernet, bit by bit reflected.
constexpr std::uint32_t polynomial = 0xedb88320;
constexpr std::uint32_t xored_with = 0x5354554e;  // "STUN"

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ (rest & 1 ? polynomial : 0);
    table[byte] = rest;
  }
  return table;
}
constexpr auto table = make_table();

}  // namespace

std::uint32_t fingerprint_of(Bytes before) {
  std::uint32_t rest = ~std::uint32_t{0};
  for (const std::uint8_t byte : before) rest = rest >> 8 ^ table[(rest ^ byte) & 0xff];
  return ~rest ^ xored_with;
}

Fingerprint check_fingerprint(const Message& message) {
  const auto offset = message.offset_of(Attribute::Fingerprint);
  if (!offset) return Fingerprint::Absent;
  const Bytes bytes = message.bytes();
  constexpr std::size_t whole = attribute_header_bytes + 4;
  if (*offset + whole != bytes.size() || load16(bytes.data() + *offset + 2) != 4) {
    return Fingerprint::Wrong;
  }
  const std::uint32_t given = load32(bytes.data() + *offset + attribute_header_bytes);
  return fingerprint_of(bytes.first(*offset)) == given ? Fingerprint::Right : Fingerprint::Wrong;
}

}  // namespace parley::stun
