#include "tests/netlab/forwarder/packet.h"

#include <charconv>
#include <cstddef>

namespace parley::netlab {
namespace {

constexpr std::size_t shortest_header = 20;

// A number of decimal digits up to `most` at the start of `text`, which is taken off it.
std::optional<std::uint32_t> take_number(std::string_view& text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > most) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, char expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(1);
  return true;
}

std::uint32_t read_big_endian(std::span<const std::uint8_t> bytes) {
  std::uint32_t value = 0;
  for (const auto byte : bytes) value = value << 8 | byte;
  return value;
}

}  // namespace

std::optional<Address> destination_of(std::span<const std::uint8_t> packet) {
  if (packet.size() < shortest_header || packet[0] >> 4 != 4) return std::nullopt;
  const std::size_t header = (packet[0] & 0x0f) * std::size_t{4};
  const std::size_t total = read_big_endian(packet.subspan(2, 2));
  if (header < shortest_header || total < header || total != packet.size()) return std::nullopt;
  return read_big_endian(packet.subspan(16, 4));
}

Prefix::Prefix(Address address, int length)
    : mask_(~Address{0} << (32 - length)), network_(address & mask_) {}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  Address address = 0;
  for (int byte = 0; byte < 4; ++byte) {
    if (byte > 0 && !take(text, '.')) return std::nullopt;
    const auto value = take_number(text, 255);
    if (!value) return std::nullopt;
    address = address << 8 | *value;
  }
  if (!take(text, '/')) return std::nullopt;
  const auto length = take_number(text, 32);
  if (!length || *length == 0 || !text.empty()) return std::nullopt;
  return Prefix(address, static_cast<int>(*length));
}

}  // namespace parley::netlab
