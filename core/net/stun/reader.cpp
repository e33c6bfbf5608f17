#include "core/net/stun/reader.h"

#include <algorithm>

namespace parley::stun {
namespace {

constexpr std::uint8_t ipv4_family = 1;
constexpr std::uint8_t ipv6_family = 2;
constexpr std::uint64_t wide_cookie = std::uint64_t{magic_cookie} << 32;

// Whether attributes of kind `type` may still follow this one and count (RFC 8489 section 14.5).
bool ends_the_protected_part(const AttributeView& attribute) {
  return attribute.is(Attribute::MessageIntegrity) ||
         attribute.is(Attribute::MessageIntegritySha256) || attribute.is(Attribute::Fingerprint);
}

}  // namespace

std::optional<Message> Message::parse(Bytes bytes) {
  if (bytes.size() < header_bytes || bytes[0] > 3) return std::nullopt;
  if (load32(bytes.data() + 4) != magic_cookie) return std::nullopt;
  const std::size_t length = load16(bytes.data() + 2);
  if (length % 4 != 0 || length != bytes.size() - header_bytes) return std::nullopt;
  for (std::size_t at = header_bytes; at < bytes.size();) {
    // The rest is a multiple of four, so that an attribute's header fits.
    const std::size_t whole = attribute_header_bytes + padded(load16(bytes.data() + at + 2));
    if (whole > bytes.size() - at) return std::nullopt;
    at += whole;
  }
  return Message(bytes);
}

TransactionId Message::transaction() const {
  TransactionId id;
  std::copy_n(bytes_.data() + 8, id.size(), id.begin());
  return id;
}

std::optional<Bytes> Message::find(Attribute attribute) const {
  for (const auto each : *this) {
    if (each.is(attribute)) return each.value;
    if (ends_the_protected_part(each)) break;
  }
  return std::nullopt;
}

std::optional<TransportAddress> Message::find_address(Attribute attribute) const {
  const auto value = find(attribute);
  return value ? decode_address(*value) : std::nullopt;
}

std::optional<std::uint32_t> Message::find_number(Attribute attribute) const {
  const auto value = find(attribute);
  return value && value->size() == 4 ? std::optional(load32(value->data())) : std::nullopt;
}

std::optional<std::size_t> Message::offset_of(Attribute attribute) const {
  for (auto each = begin(); each != end(); ++each) {
    if ((*each).is(attribute)) return static_cast<std::size_t>(each.position() - bytes_.data());
  }
  return std::nullopt;
}

std::optional<TransportAddress> Message::decode_address(Bytes value) const {
  constexpr std::size_t before_ip = 4;
  if (value.size() < before_ip) return std::nullopt;
  const auto port = static_cast<std::uint16_t>(load16(value.data() + 2) ^ magic_cookie >> 16);
  const std::uint8_t* const ip = value.data() + before_ip;
  if (value[1] == ipv4_family && value.size() == before_ip + IpAddress::ipv4_bytes) {
    return TransportAddress{IpAddress::ipv4(load32(ip) ^ magic_cookie), port};
  }
  if (value[1] == ipv6_family && value.size() == before_ip + IpAddress::ipv6_bytes) {
    const std::uint64_t high = wide_cookie | load32(bytes_.data() + 8);
    return TransportAddress{
        IpAddress::ipv6(load64(ip) ^ high, load64(ip + 8) ^ load64(bytes_.data() + 12)), port};
  }
  return std::nullopt;
}

}  // namespace parley::stun
