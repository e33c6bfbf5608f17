// MESSAGE-INTEGRITY and MESSAGE-INTEGRITY-SHA256 (RFC 8489 sections 14.5 and 14.6) and the keys of
// long-term credentials (section 9.2.2).
#pragma once

#include <array>
#include <cstdint>

#include "core/net/stun/cryptography.h"
#include "core/net/stun/reader.h"

namespace parley::stun {

// A key of 16 (MD5) or 32 (SHA-256) bytes.
class LongTermKey {
 public:
  LongTermKey() = default;
  LongTermKey(Cryptography& cryptography, PasswordAlgorithm algorithm, Bytes username, Bytes realm,
              Bytes password);

  Bytes bytes() const { return Bytes(bytes_).first(size_); }
  bool operator==(const LongTermKey&) const = default;

 private:
  std::array<std::uint8_t, 32> bytes_{};
  std::uint8_t size_ = 0;
};

// Which of the two a message has; Sha256 where it has both, as that is the stronger.
enum class Integrity : std::uint8_t { None, Sha1, Sha256 };
Integrity integrity_of(const Message& message);

// Whether the attribute that integrity_of() names is there in full length and right. Compares in
// constant time.
bool has_integrity(const Message& message, Cryptography& cryptography, Bytes key);

}  // namespace parley::stun
