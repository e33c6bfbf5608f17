#include <chrono>
#include <string>

#include "server/admission/access_token.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"
#include "tests/server/support/json_web_token.h"

namespace parley::fuzz {
namespace {

constexpr std::chrono::sys_seconds now{std::chrono::seconds(1'795'000'000)};
const std::string secret = "0123456789abcdef0123456789abcdef";

// So that mutations get past the signature.
std::string signed_claims(std::string_view claims) {
  return testing::signed_with(secret, R"({"alg":"HS256","typ":"JWT"})", claims);
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
