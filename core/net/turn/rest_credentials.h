// Long-term credentials that a service hands out without telling the TURN server
// (draft-uberti-behave-turn-rest-00 section 2.2): the user name says until when they are good, and
// the password follows from it and a secret that both know.
//
//     username = expiry [":" id]      password = base64(HMAC-SHA1(secret, username))
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/net/bytes.h"
#include "core/net/stun/cryptography.h"

namespace parley::turn {

// Longest user name that is looked at. RFC 8489 section 14.3 allows 508 bytes; what this server
// hands out has about 40.
inline constexpr std::size_t longest_username = 128;

struct Username {
  std::int64_t expiry = 0;  // seconds since 1970
  // Whom it was given to: renewed credentials are the same user's.
  std::string_view user;
};

// Nothing where it does not follow the scheme.
std::optional<Username> read_username(std::string_view username);

std::string password_of(stun::Cryptography& cryptography, Bytes secret, std::string_view username);

}  // namespace parley::turn
