#include "core/net/turn/rest_credentials.h"

#include <charconv>

#include "core/net/base64.h"

namespace parley::turn {

std::optional<Username> read_username(std::string_view username) {
  if (username.size() > longest_username) return std::nullopt;
  Username read;
  const char* const end = username.data() + username.size();
  const auto [stop, error] = std::from_chars(username.data(), end, read.expiry);
  if (error != std::errc() || read.expiry < 0) return std::nullopt;
  if (stop == end) {
    read.user = username;
  } else if (*stop == ':') {
    read.user = username.substr(static_cast<std::size_t>(stop + 1 - username.data()));
  } else {
    return std::nullopt;
  }
  return read;
}

std::string password_of(stun::Cryptography& cryptography, Bytes secret, std::string_view username) {
  const Bytes text = bytes_of(username);
  return to_base64(cryptography.hmac_sha1(secret, {&text, 1}));
}

}  // namespace parley::turn
