// REQUESTED-ADDRESS-FAMILY and ADDITIONAL-ADDRESS-FAMILY (RFC 8656 sections 18.6 and 18.11).
#pragma once

#include <cstdint>
#include <optional>

#include "core/net/stun/reader.h"

namespace parley::turn {

enum class FamilyRequest : std::uint8_t { None, Ipv4, Ipv6, Unsupported, Malformed };

inline FamilyRequest read_family(const stun::Message& message, stun::Attribute attribute) {
  const auto value = message.find(attribute);
  if (!value) return FamilyRequest::None;
  if (value->size() != 4) return FamilyRequest::Malformed;
  if (value->front() == 1) return FamilyRequest::Ipv4;
  return value->front() == 2 ? FamilyRequest::Ipv6 : FamilyRequest::Unsupported;
}

// Precondition: `request` is Ipv4 or Ipv6.
inline AddressFamily family_of(FamilyRequest request) {
  return request == FamilyRequest::Ipv4 ? AddressFamily::Ipv4 : AddressFamily::Ipv6;
}

}  // namespace parley::turn
