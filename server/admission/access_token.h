// Tokens by which an application lets people in whom it knows: JSON Web Tokens (RFC 7519), signed
// with a secret that it shares with this server (HS256), or with its own private key (RS256).
//
//     {"sub":"ana@example.org","room":"demo","role":"host","name":"Ana","exp":1795000000}
//
//     sub    whom the token was made for; a ban is by it
//     room   the one room that it opens
//     role   guest (also when absent), successor (a guest who becomes a host when there is none),
//            or host
//     name   what the others see; absent: what the person gives
//     exp    seconds since 1970 from which on it opens nothing; must be there
//     nbf    seconds since 1970 before which it opens nothing
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"
#include "core/signaling/errors.h"
#include "core/signaling/standing.h"
#include "core/signaling/types.h"

namespace parley {

// What a token says.
struct AccessToken {
  RoomId room;
  Identity identity;
  Standing standing = Standing::Guest;
  std::optional<Name> name;
  std::chrono::sys_seconds expires;

  bool operator==(const AccessToken&) const = default;
};

// The algorithm goes with the key: a token that names another is forged. Otherwise a public key,
// which everybody has, could be passed off as the secret of HS256 (RFC 8725 section 2.1).
class TokenKey {
 public:
  // RFC 7518 section 3.2: a secret of HS256 is at least as long as its hash.
  static constexpr std::size_t fewest_secret_bytes = 32;

  // The error is a sentence.
  static Result<TokenKey, std::string> from_secret(std::string secret);
  static Result<TokenKey, std::string> from_public_key(std::string pem);

 private:
  enum class Algorithm { Hs256, Rs256 };

  TokenKey(Algorithm algorithm, std::string bytes)
      : algorithm_(algorithm), bytes_(std::move(bytes)) {}

  friend Result<AccessToken, ErrorCode> check_token(const TokenKey&, std::string_view,
                                                    const RoomId&, std::chrono::sys_seconds);
  friend std::optional<std::string> issue_token(const TokenKey&, const AccessToken&);

  Algorithm algorithm_;
  std::string bytes_;
};

// What `token` says, where it opens `room` at the time `now`; TokenInvalid, TokenExpired or
// TokenForOtherRoom where it does not. `token` comes from the network. Any thread.
Result<AccessToken, ErrorCode> check_token(const TokenKey& key, std::string_view token,
                                           const RoomId& room, std::chrono::sys_seconds now);

// The text of a token. Nothing with a public key: it signs nothing.
std::optional<std::string> issue_token(const TokenKey& key, const AccessToken& token);

}  // namespace parley
