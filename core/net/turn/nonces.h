// Nonces that nobody has to remember: each says when it was made, for which client, and is signed.
//
//     "obMatJos2"  security features (4)  base64(seconds (4 bytes)  HMAC-SHA256, cut (8 bytes))
//
// The beginning is RFC 8489 section 9.2's: it keeps somebody in the middle from hiding from the
// client that the server knows better algorithms.
//
// Thread-safety: none.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/net/stun/cryptography.h"
#include "core/net/turn/client.h"

namespace parley::turn {

class Nonces {
 public:
  // RFC 8656 section 5: at least one new nonce an hour.
  static constexpr Duration lifetime = Duration::seconds(3600);

  static constexpr std::size_t size = 13 + 16;  // characters

  // `key`: secret, 32 bytes.
  Nonces(stun::Cryptography& cryptography, std::string key)
      : cryptography_(cryptography), key_(std::move(key)) {}

  std::string make(const Client& client, Timestamp now) const;

  // Made here for this client, and not too long ago.
  bool is_fresh(Bytes nonce, const Client& client, Timestamp now) const;

 private:
  std::string sign(const Client& client, std::uint32_t seconds) const;

  stun::Cryptography& cryptography_;
  std::string key_;
};

}  // namespace parley::turn
