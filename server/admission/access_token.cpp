#include "server/admission/access_token.h"

#include <jwt.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "core/base/json_codec.h"

namespace parley {
namespace {

using Jwt = std::unique_ptr<jwt_t, decltype([](jwt_t* jwt) { jwt_free(jwt); })>;

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// The payload as it is written. A claim of the wrong type or length makes the whole token invalid:
// half of what was meant is not what was meant.
struct Claims {
  RoomId room;
  Identity sub;
  std::int64_t exp = 0;  // seconds since 1970
  std::optional<Standing> role;
  std::optional<Name> name;
  std::optional<std::int64_t> nbf;  // as exp

  static constexpr auto fields() {
    return std::tuple(field("room", &Claims::room), field("sub", &Claims::sub),
                      field("exp", &Claims::exp), field("role", &Claims::role),
                      field("name", &Claims::name), field("nbf", &Claims::nbf));
  }
};

using JwtText = std::unique_ptr<char, decltype([](char* text) { std::free(text); })>;

std::optional<Claims> read_claims(jwt_t* jwt) {
  const JwtText json(jwt_get_grants_json(jwt, nullptr));
  auto claims = from_json<Claims>(json ? json.get() : "");
  if (!claims || claims->sub.empty()) return std::nullopt;
  return std::move(*claims);
}

}  // namespace

Result<TokenKey, std::string> TokenKey::from_secret(std::string secret) {
  if (secret.size() < fewest_secret_bytes) {
    return std::string(
        "The secret of the tokens is shorter than 32 bytes; try openssl rand -hex 32.");
  }
  return TokenKey(Algorithm::Hs256, std::move(secret));
}

Result<TokenKey, std::string> TokenKey::from_public_key(std::string pem) {
  const std::unique_ptr<BIO, decltype([](BIO* bio) { BIO_free(bio); })> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const std::unique_ptr<EVP_PKEY, decltype([](EVP_PKEY* key) { EVP_PKEY_free(key); })> key(
      bio ? PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  // RFC 7518 section 3.3: of 2048 bits or more.
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA || EVP_PKEY_bits(key.get()) < 2048) {
    return std::string("The key of the tokens is no RSA public key (PEM) of 2048 bits or more.");
  }
  return TokenKey(Algorithm::Rs256, std::move(pem));
}

Result<AccessToken, ErrorCode> check_token(const TokenKey& key, std::string_view token,
                                           const RoomId& room, std::chrono::sys_seconds now) {
  const bool has_nul = token.find('\0') != std::string_view::npos;
  if (token.size() > Token::max_bytes || has_nul) return ErrorCode::TokenInvalid;
  jwt_t* decoded = nullptr;
  if (jwt_decode(&decoded, std::string(token).c_str(), bytes_of(key.bytes_),
                 static_cast<int>(key.bytes_.size())) != 0) {
    return ErrorCode::TokenInvalid;
  }
  const Jwt jwt(decoded);
  // What the library has checked is the algorithm that the token itself names.
  const bool is_hs256 = key.algorithm_ == TokenKey::Algorithm::Hs256;
  if (jwt_get_alg(jwt.get()) != (is_hs256 ? JWT_ALG_HS256 : JWT_ALG_RS256)) {
    return ErrorCode::TokenInvalid;
  }
  auto claims = read_claims(jwt.get());
  if (!claims) return ErrorCode::TokenInvalid;
  const auto seconds = now.time_since_epoch().count();
  if (claims->nbf && seconds < *claims->nbf) return ErrorCode::TokenInvalid;
  if (seconds >= claims->exp) return ErrorCode::TokenExpired;
  if (claims->room != room) return ErrorCode::TokenForOtherRoom;
  return AccessToken{std::move(claims->room), std::move(claims->sub),
                     claims->role.value_or(Standing::Guest), std::move(claims->name),
                     std::chrono::sys_seconds(std::chrono::seconds(claims->exp))};
}

std::optional<std::string> issue_token(const TokenKey& key, const AccessToken& token) {
  if (key.algorithm_ != TokenKey::Algorithm::Hs256) return std::nullopt;
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) return std::nullopt;
  const Jwt jwt(made);
  const Claims claims{token.room,     token.identity, token.expires.time_since_epoch().count(),
                      token.standing, token.name,     std::nullopt};
  const bool is_whole = jwt_set_alg(jwt.get(), JWT_ALG_HS256, bytes_of(key.bytes_),
                                    static_cast<int>(key.bytes_.size())) == 0 &&
                        jwt_add_grants_json(jwt.get(), to_json(claims).c_str()) == 0;
  const JwtText text(is_whole ? jwt_encode_str(jwt.get()) : nullptr);
  return text ? std::optional<std::string>(text.get()) : std::nullopt;
}

}  // namespace parley
