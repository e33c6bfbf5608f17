// The numbers of STUN (RFC 8489 section 18) and TURN (RFC 8656 sections 17 to 19).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace parley::stun {

inline constexpr std::size_t header_bytes = 20;
inline constexpr std::size_t attribute_header_bytes = 4;
inline constexpr std::uint32_t magic_cookie = 0x2112a442;
inline constexpr std::uint16_t default_port = 3478;

using TransactionId = std::array<std::uint8_t, 12>;

enum class Class : std::uint8_t { Request, Indication, Success, Error };

enum class Method : std::uint16_t {
  Binding = 0x001,
  Allocate = 0x003,
  Refresh = 0x004,
  Send = 0x006,
  Data = 0x007,
  CreatePermission = 0x008,
  ChannelBind = 0x009,
};

enum class Attribute : std::uint16_t {
  MappedAddress = 0x0001,
  Username = 0x0006,
  MessageIntegrity = 0x0008,
  ErrorCode = 0x0009,
  UnknownAttributes = 0x000a,
  ChannelNumber = 0x000c,
  Lifetime = 0x000d,
  XorPeerAddress = 0x0012,
  Data = 0x0013,
  Realm = 0x0014,
  Nonce = 0x0015,
  XorRelayedAddress = 0x0016,
  RequestedAddressFamily = 0x0017,
  EvenPort = 0x0018,
  RequestedTransport = 0x0019,
  DontFragment = 0x001a,
  MessageIntegritySha256 = 0x001c,
  PasswordAlgorithm = 0x001d,
  Userhash = 0x001e,
  XorMappedAddress = 0x0020,
  ReservationToken = 0x0022,
  // From here on a reader that does not know one may go on without it (RFC 8489 section 14).
  AdditionalAddressFamily = 0x8000,
  AddressErrorCode = 0x8001,
  PasswordAlgorithms = 0x8002,
  Software = 0x8022,
  Fingerprint = 0x8028,
};

constexpr bool is_comprehension_required(std::uint16_t type) { return type < 0x8000; }

enum class ErrorCode : std::uint16_t {
  BadRequest = 400,
  Unauthenticated = 401,
  Forbidden = 403,
  UnknownAttribute = 420,
  AllocationMismatch = 437,
  StaleNonce = 438,
  AddressFamilyNotSupported = 440,
  WrongCredentials = 441,
  UnsupportedTransport = 442,
  PeerAddressFamilyMismatch = 443,
  AllocationQuotaReached = 486,
  InsufficientCapacity = 508,
};

// RFC 8489 section 18.5
enum class PasswordAlgorithm : std::uint16_t { Md5 = 1, Sha256 = 2 };

// RFC 8489 section 5: the class's two bits lie between those of the method.
constexpr std::uint16_t type_of(Class message_class, Method method) {
  const auto bits = static_cast<std::uint16_t>(method);
  const auto kind = static_cast<std::uint16_t>(message_class);
  return static_cast<std::uint16_t>((bits & 0xf80) << 2 | (bits & 0x070) << 1 | (bits & 0x00f) |
                                    (kind & 2) << 7 | (kind & 1) << 4);
}

constexpr Class class_of(std::uint16_t type) {
  return static_cast<Class>((type >> 7 & 2) | (type >> 4 & 1));
}

constexpr Method method_of(std::uint16_t type) {
  return static_cast<Method>((type >> 2 & 0xf80) | (type >> 1 & 0x070) | (type & 0x00f));
}

// What attributes are padded to.
constexpr std::size_t padded(std::size_t bytes) { return (bytes + 3) & ~std::size_t{3}; }

}  // namespace parley::stun
