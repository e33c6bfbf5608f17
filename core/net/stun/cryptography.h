// What STUN needs of cryptography. The host passes it in, because the core links no library.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/net/bytes.h"

namespace parley::stun {

using Md5Digest = std::array<std::uint8_t, 16>;
using Sha1Digest = std::array<std::uint8_t, 20>;
using Sha256Digest = std::array<std::uint8_t, 32>;

// Text in parts, so that nobody has to copy them together.
using Parts = std::span<const Bytes>;

// Thread-safety: none; one for each thread.
class Cryptography {
 public:
  virtual ~Cryptography() = default;
  virtual Md5Digest md5(Parts parts) = 0;
  virtual Sha256Digest sha256(Parts parts) = 0;
  // RFC 2104
  virtual Sha1Digest hmac_sha1(Bytes key, Parts parts) = 0;
  virtual Sha256Digest hmac_sha256(Bytes key, Parts parts) = 0;
};

// Takes as long wherever the two differ, so that nobody finds a digest byte by byte.
inline bool equal_in_constant_time(Bytes first, Bytes second) {
  if (first.size() != second.size()) return false;
  std::uint8_t difference = 0;
  for (std::size_t at = 0; at < first.size(); ++at) {
    difference = static_cast<std::uint8_t>(difference | (first[at] ^ second[at]));
  }
  return difference == 0;
}

}  // namespace parley::stun
