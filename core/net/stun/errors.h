// The error codes that this server answers with, and their reason phrases.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "core/net/stun/types.h"

namespace parley::stun {

struct ErrorFacts {
  ErrorCode code;
  std::string_view phrase;  // for people who look at packets
};

inline constexpr std::array<ErrorFacts, 12> error_facts{{
    {ErrorCode::BadRequest, "Bad Request"},
    {ErrorCode::Unauthenticated, "Unauthenticated"},
    {ErrorCode::Forbidden, "Forbidden"},
    {ErrorCode::UnknownAttribute, "Unknown Attribute"},
    {ErrorCode::AllocationMismatch, "Allocation Mismatch"},
    {ErrorCode::StaleNonce, "Stale Nonce"},
    {ErrorCode::AddressFamilyNotSupported, "Address Family not Supported"},
    {ErrorCode::WrongCredentials, "Wrong Credentials"},
    {ErrorCode::UnsupportedTransport, "Unsupported Transport Protocol"},
    {ErrorCode::PeerAddressFamilyMismatch, "Peer Address Family Mismatch"},
    {ErrorCode::AllocationQuotaReached, "Allocation Quota Reached"},
    {ErrorCode::InsufficientCapacity, "Insufficient Capacity"},
}};

// The place of a code in error_facts, for tables beside it.
constexpr std::size_t index_of(ErrorCode code) {
  std::size_t at = 0;
  while (error_facts[at].code != code) ++at;
  return at;
}

}  // namespace parley::stun
