// The long-term credential mechanism (RFC 8489 section 9.2.4) over credentials of the REST scheme.
//
// Thread-safety: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/net/stun/integrity.h"
#include "core/net/stun/reader.h"
#include "core/net/stun/writer.h"
#include "core/net/turn/nonces.h"
#include "core/net/turn/rest_credentials.h"

namespace parley::turn {

// Short: it is in every answer to a stranger.
inline constexpr std::string_view realm = "parley";

// Who signed a request.
struct Identity {
  std::string_view username;  // within the request
  std::string_view user;      // likewise
  stun::PasswordAlgorithm algorithm = stun::PasswordAlgorithm::Md5;
  stun::Integrity integrity = stun::Integrity::None;  // what the answer is signed with
  stun::LongTermKey key;
};

// What is known from an earlier request of the same client: saves computing the key again, and
// holds beyond the expiry of the user name.
struct KnownIdentity {
  std::string_view username;
  stun::PasswordAlgorithm algorithm;
  const stun::LongTermKey& key;
};

// The request is not to be carried out: 400, 401 or 438.
struct Unproven {
  stun::ErrorCode code;
};

class Authenticator {
 public:
  Authenticator(stun::Cryptography& cryptography, std::string secret, std::string nonce_key);

  // `wall_clock`: seconds since 1970.
  std::variant<Identity, Unproven> check(const stun::Message& request, const Client& client,
                                         const std::optional<KnownIdentity>& known, Timestamp now,
                                         std::int64_t wall_clock);

  // REALM, NONCE and PASSWORD-ALGORITHMS: what the client needs to try again.
  void challenge(stun::Writer& answer, const Client& client, Timestamp now) const;

  // Signs as the request was signed.
  void sign(stun::Writer& answer, const Identity& identity);

 private:
  stun::Cryptography& cryptography_;
  std::string secret_;
  Nonces nonces_;
};

}  // namespace parley::turn
