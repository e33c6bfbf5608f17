#include "core/net/turn/authenticator.h"

#include <algorithm>
#include <array>

namespace parley::turn {
namespace {

using stun::Attribute;
using stun::ErrorCode;
using stun::PasswordAlgorithm;

// SHA-256 first, as what the server prefers; neither has parameters (RFC 8489 section 14.11).
constexpr std::array<std::uint8_t, 8> offered_algorithms{0, 2, 0, 0, 0, 1, 0, 0};

// RFC 8489 section 9.2.4. Nothing for a request that somebody in the middle has changed.
std::optional<PasswordAlgorithm> algorithm_of(const stun::Message& request) {
  const auto chosen = request.find(Attribute::PasswordAlgorithm);
  const auto offered = request.find(Attribute::PasswordAlgorithms);
  if (!chosen && !offered) return PasswordAlgorithm::Md5;  // a client of RFC 5389
  if (!chosen || !offered || !std::ranges::equal(*offered, offered_algorithms)) return std::nullopt;
  if (chosen->size() != 4 || load16(chosen->data() + 2) != 0) return std::nullopt;
  const auto algorithm = static_cast<PasswordAlgorithm>(load16(chosen->data()));
  const bool is_offered =
      algorithm == PasswordAlgorithm::Md5 || algorithm == PasswordAlgorithm::Sha256;
  return is_offered ? std::optional(algorithm) : std::nullopt;
}

}  // namespace

Authenticator::Authenticator(stun::Cryptography& cryptography, std::string secret,
                             std::string nonce_key)
    : cryptography_(cryptography),
      secret_(std::move(secret)),
      nonces_(cryptography, std::move(nonce_key)) {}

std::variant<Identity, Unproven> Authenticator::check(const stun::Message& request,
                                                      const Client& client,
                                                      const std::optional<KnownIdentity>& known,
                                                      Timestamp now, std::int64_t wall_clock) {
  Identity identity;
  identity.integrity = stun::integrity_of(request);
  if (identity.integrity == stun::Integrity::None) return Unproven{ErrorCode::Unauthenticated};

  const auto username = request.find(Attribute::Username);
  const auto nonce = request.find(Attribute::Nonce);
  const bool is_named = username || request.find(Attribute::Userhash);
  if (!is_named || !nonce || !request.find(Attribute::Realm)) {
    return Unproven{ErrorCode::BadRequest};
  }
  const auto algorithm = algorithm_of(request);
  if (!algorithm) return Unproven{ErrorCode::BadRequest};
  // USERHASH alone names nobody here; see Nonces.
  if (!username) return Unproven{ErrorCode::Unauthenticated};

  identity.username = text_of(*username);
  identity.algorithm = *algorithm;
  const auto read = read_username(identity.username);
  if (!read) return Unproven{ErrorCode::Unauthenticated};
  identity.user = read->user;
  if (known && known->username == identity.username && known->algorithm == *algorithm) {
    identity.key = known->key;
  } else {
    if (read->expiry <= wall_clock) return Unproven{ErrorCode::Unauthenticated};
    const auto password = password_of(cryptography_, bytes_of(secret_), identity.username);
    identity.key = stun::LongTermKey(cryptography_, *algorithm, *username, bytes_of(realm),
                                     bytes_of(password));
  }
  if (!stun::has_integrity(request, cryptography_, identity.key.bytes())) {
    return Unproven{ErrorCode::Unauthenticated};
  }
  if (!nonces_.is_fresh(*nonce, client, now)) return Unproven{ErrorCode::StaleNonce};
  return identity;
}

void Authenticator::challenge(stun::Writer& answer, const Client& client, Timestamp now) const {
  answer.text(Attribute::Realm, realm);
  answer.text(Attribute::Nonce, nonces_.make(client, now));
  answer.bytes(Attribute::PasswordAlgorithms, offered_algorithms);
}

void Authenticator::sign(stun::Writer& answer, const Identity& identity) {
  if (identity.integrity == stun::Integrity::Sha256) {
    answer.integrity_sha256(cryptography_, identity.key.bytes());
  } else {
    answer.integrity(cryptography_, identity.key.bytes());
  }
}

}  // namespace parley::turn
