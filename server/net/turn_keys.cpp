#include "server/net/turn_keys.h"

#include <string_view>

#include "server/net/openssl_cryptography.h"

namespace parley {

TurnKeys derive_turn_keys(const ResumeKey& key, const TurnSecret& shared) {
  OpensslCryptography cryptography;
  // The label keeps what is derived apart: none of them tells anything of another.
  const auto derive = [&](std::string_view label) {
    const Bytes text = bytes_of(label);
    const auto digest = cryptography.hmac_sha256(bytes_of(key.bytes), {&text, 1});
    return std::string(text_of(digest));
  };
  return {shared.bytes.empty() ? derive("parley turn credentials") : shared.bytes,
          derive("parley turn nonces")};
}

}  // namespace parley
