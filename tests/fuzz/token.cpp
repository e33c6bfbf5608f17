#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>
#include <string>

#include "server/admission/access_token.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'795'000'000)};
const std::string secret = "0123456789abcdef0123456789abcdef";

std::string base64url(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  while (text.ends_with('=')) text.pop_back();
  for (char& each : text) each = each == '+' ? '-' : each == '/' ? '_' : each;
  return text;
}

// So that mutations get past the signature.
std::string signed_claims(std::string_view claims) {
  const auto content = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(claims);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(content.data()), content.size(), digest.data(),
       &size);
  return content + "." + base64url({reinterpret_cast<const char*>(digest.data()), size});
}

}  // namespace

void token(std::string_view bytes) {
  static const TokenKey key = *TokenKey::from_secret(secret);
  const RoomId room("demo");
  const auto raw = check_token(key, bytes, room, now);
  check(!raw || raw->room == room, "a token opens its own room");

  const auto checked = check_token(key, signed_claims(bytes), room, now);
  if (!checked) return;
  check(checked->room == room && now < checked->expires, "a token opens its room until it expires");
  check(!checked->identity.empty() && Identity::accepts(checked->identity.value()),
        "a token is somebody's");
  check(!checked->name || Name::accepts(checked->name->value()), "a name can be shown");
  const auto again = issue_token(key, *checked);
  check(again.has_value(), "what a token says can be issued");
  // JSON may write a claim longer than the server's own limit on the whole token.
  if (again->size() > Token::max_bytes) return;
  const auto reread = check_token(key, *again, room, now);
  check(reread && *reread == *checked, "a token reads as it was issued");
}

}  // namespace parley::fuzz
