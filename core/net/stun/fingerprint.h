// FINGERPRINT (RFC 8489 section 14.7).
#pragma once

#include <cstdint>

#include "core/net/stun/reader.h"

namespace parley::stun {

// Of all bytes before the attribute; the header's length already counts it.
std::uint32_t fingerprint_of(Bytes before);

enum class Fingerprint : std::uint8_t { Absent, Right, Wrong };

// Wrong also where another attribute follows it.
Fingerprint check_fingerprint(const Message& message);

}  // namespace parley::stun
