#include "server/admission/admin_key.h"

#include "core/base/constant_time.h"

namespace parley {
namespace {

// RFC 6750 section 2.1: b64token.
constexpr std::string_view key_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";

}  // namespace

Result<AdminKey, std::string> AdminKey::from_text(std::string text) {
  if (text.size() < fewest_bytes) {
    return std::string("The admin key is shorter than 32 characters; try openssl rand -hex 32.");
  }
  if (text.size() > most_bytes) return std::string("The admin key is longer than 1024 characters.");
  if (text.find_first_not_of(key_characters) != std::string::npos) {
    return std::string("The admin key has a character that is none of A-Z a-z 0-9 - . _ ~ + / =.");
  }
  return AdminKey(std::move(text));
}

bool AdminKey::matches(std::string_view presented) const {
  return presented.size() <= most_bytes && equal_in_constant_time(text_, presented, most_bytes);
}

}  // namespace parley
