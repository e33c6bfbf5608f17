#include "core/net/turn/nonces.h"

#include <algorithm>
#include <optional>

#include "core/net/base64.h"

namespace parley::turn {
namespace {

// "gAAA": bit 0, the leftmost of 24, says that the server offers PASSWORD-ALGORITHMS (RFC 8489
// section 18.1). Bit 1, hidden user names, needs a list of all users, which this server has not.
constexpr std::string_view cookie_and_features = "obMatJos2gAAA";

std::uint32_t seconds_of(Timestamp time) {
  return static_cast<std::uint32_t>(time.count_microseconds() / 1'000'000);
}

// The number in the first six characters after the cookie; they hold four and a half bytes.
std::optional<std::uint32_t> seconds_in(std::string_view signed_part) {
  std::uint64_t bits = 0;
  for (const char letter : signed_part.substr(0, 6)) {
    std::uint64_t digit = 0;
    if (letter >= 'A' && letter <= 'Z') {
      digit = static_cast<std::uint64_t>(letter - 'A');
    } else if (letter >= 'a' && letter <= 'z') {
      digit = static_cast<std::uint64_t>(letter - 'a') + 26;
    } else if (letter >= '0' && letter <= '9') {
      digit = static_cast<std::uint64_t>(letter - '0') + 52;
    } else if (letter == '+' || letter == '/') {
      digit = letter == '+' ? 62 : 63;
    } else {
      return std::nullopt;
    }
    bits = bits << 6 | digit;
  }
  return static_cast<std::uint32_t>(bits >> 4);
}

}  // namespace

std::string Nonces::sign(const Client& client, std::uint32_t seconds) const {
  constexpr std::size_t signature_bytes = 8;
  std::array<std::uint8_t, 4 + signature_bytes> content{};
  store32(content.data(), seconds);
  std::array<std::uint8_t, 47> signed_bytes{};
  std::uint8_t* to = signed_bytes.data();
  for (const auto* address : {&client.local, &client.remote}) {
    store64(to, address->ip.high());
    store64(to + 8, address->ip.low());
    store16(to + 16, address->port);
    to += 18;
  }
  store32(to, seconds);
  to[4] = static_cast<std::uint8_t>(client.transport);
  store32(to + 5, static_cast<std::uint32_t>(client.stream));
  const Bytes part = signed_bytes;
  const auto digest = cryptography_.hmac_sha256(bytes_of(key_), {&part, 1});
  std::copy_n(digest.begin(), signature_bytes, content.begin() + 4);
  return to_base64(content);
}

std::string Nonces::make(const Client& client, Timestamp now) const {
  return std::string(cookie_and_features) + sign(client, seconds_of(now));
}

bool Nonces::is_fresh(Bytes nonce, const Client& client, Timestamp now) const {
  const std::string_view text = text_of(nonce);
  if (text.size() != size || !text.starts_with(cookie_and_features)) return false;
  const auto given = text.substr(cookie_and_features.size());
  const auto seconds = seconds_in(given);
  if (!seconds) return false;
  const auto age = seconds_of(now) - *seconds;  // of one from the future: more than any
  if (age >= static_cast<std::uint64_t>(lifetime.count_seconds())) return false;
  return stun::equal_in_constant_time(bytes_of(given), bytes_of(sign(client, *seconds)));
}

}  // namespace parley::turn
