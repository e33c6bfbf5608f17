// Packets and times for the tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/time.h"
#include "tests/netlab/forwarder/packet.h"

namespace parley::netlab {

constexpr std::size_t header_length = 20;

// An IPv4 packet of `size` bytes in all to `destination`, whose last byte is `mark`.
inline Packet packet_to(Address destination, std::uint8_t mark = 0,
                        std::size_t size = header_length + 1) {
  Packet packet(size);
  packet[0] = 0x45;  // version 4, five words of header
  packet[2] = static_cast<std::uint8_t>(size >> 8);
  packet[3] = static_cast<std::uint8_t>(size);
  for (std::size_t i = 0; i < 4; ++i) {
    packet[16 + i] = static_cast<std::uint8_t>(destination >> (24 - 8 * i));
  }
  packet.back() = mark;
  return packet;
}

constexpr Address address(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  return Address{a} << 24 | Address{b} << 16 | Address{c} << 8 | d;
}

inline Timestamp at(std::int64_t milliseconds) {
  return Timestamp() + Duration::milliseconds(milliseconds);
}

}  // namespace parley::netlab
