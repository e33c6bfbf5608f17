// IPv4 packets as a TUN device hands them over: what of them a router has to read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace parley::netlab {

using Packet = std::vector<std::uint8_t>;

// An IPv4 address in host order.
using Address = std::uint32_t;

// Where a packet wants to go; nothing for what is no whole IPv4 packet (RFC 791 section 3.1).
std::optional<Address> destination_of(std::span<const std::uint8_t> packet);

// A block of addresses such as 10.0.1.0/24.
class Prefix {
 public:
  // Nothing unless `text` is ADDRESS/LENGTH with a length of 1 to 32. Bits behind the length do not
  // count.
  static std::optional<Prefix> parse(std::string_view text);

  bool contains(Address address) const { return (address & mask_) == network_; }

 private:
  Prefix(Address address, int length);

  Address mask_;
  Address network_;
};

}  // namespace parley::netlab
