// IP addresses and transport addresses (an IP address and a port) as values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/bytes.h"

namespace parley {

enum class AddressFamily : std::uint8_t { Ipv4, Ipv6 };

// What an address is good for. Everything but Global is somebody's inside, or nobody at all.
enum class AddressScope : std::uint8_t {
  Global,
  Unspecified,  // 0.0.0.0/8 ("this network"), ::
  Loopback,
  Private,    // RFC 1918, RFC 6598, RFC 2544, unique local, site-local, local-use NAT64
  LinkLocal,  // cloud providers keep their metadata service at 169.254.169.254
  Multicast,
  Reserved,  // 240.0.0.0/4 with the broadcast address, 192.0.0.0/24, discard-only 100::/64
};
constexpr auto names_of(AddressScope) {
  return std::array<std::string_view, 7>{"global",     "unspecified", "loopback", "private",
                                         "link-local", "multicast",   "reserved"};
}

// An IPv4 address is kept in its IPv4-mapped form (RFC 4291 section 2.5.5.2), so that the two are
// the same address: a socket of both families and a peer that hides behind the mapped form cannot
// be told from plain IPv4.
class IpAddress {
 public:
  static constexpr std::size_t ipv4_bytes = 4;
  static constexpr std::size_t ipv6_bytes = 16;

  constexpr IpAddress() = default;  // ::

  static constexpr IpAddress ipv4(std::uint32_t bits) { return {0, mapped_prefix | bits}; }
  static constexpr IpAddress ipv6(std::uint64_t high, std::uint64_t low) { return {high, low}; }

  // From 4 or 16 bytes in network byte order; nothing for another number of them.
  static std::optional<IpAddress> from_bytes(Bytes bytes);

  // "192.0.2.1" or "2001:db8::1", without brackets, port or zone.
  static std::optional<IpAddress> parse(std::string_view text);

  constexpr AddressFamily family() const {
    return high_ == 0 && low_ >> 32 == mapped_prefix >> 32 ? AddressFamily::Ipv4
                                                           : AddressFamily::Ipv6;
  }
  constexpr std::uint64_t high() const { return high_; }
  constexpr std::uint64_t low() const { return low_; }
  // Precondition: family() is Ipv4.
  constexpr std::uint32_t ipv4_bits() const { return static_cast<std::uint32_t>(low_); }

  constexpr auto operator<=>(const IpAddress&) const = default;

 private:
  static constexpr std::uint64_t mapped_prefix = 0xffffULL << 32;
  constexpr IpAddress(std::uint64_t high, std::uint64_t low) : high_(high), low_(low) {}

  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

// An IPv6 address that stands for an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64) has the
// scope of that one: it is where packets to it end.
AddressScope scope_of(const IpAddress& address);

// As RFC 5952 writes it.
std::string to_string(const IpAddress& address);

struct TransportAddress {
  IpAddress ip;
  std::uint16_t port = 0;

  // "192.0.2.1:3478" or "[2001:db8::1]:3478".
  static std::optional<TransportAddress> parse(std::string_view text);

  constexpr auto operator<=>(const TransportAddress&) const = default;
};

std::string to_string(const TransportAddress& address);

// For hash tables; `seed` is drawn by the host, so that nobody can choose addresses that collide.
constexpr std::uint64_t hash_of(const TransportAddress& address, std::uint64_t seed) {
  // A multiplication and a fold for each word, as in wyhash. Not for cryptography.
  const auto fold = [](std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    return hash ^ hash >> 29;
  };
  return fold(fold(fold(seed, address.ip.high()), address.ip.low()), address.port);
}

}  // namespace parley
