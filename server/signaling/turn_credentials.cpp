#include "server/signaling/turn_credentials.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>
#include <string>

namespace parley {
namespace {

std::string base64(const unsigned char* bytes, std::size_t count) {
  std::string text((count + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends it with a NUL
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes,
                                     static_cast<int>(count));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

}  // namespace

TurnCredentials make_turn_credentials(std::string_view secret, const ParticipantId& id,
                                      std::chrono::system_clock::time_point expiry) {
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(expiry.time_since_epoch()).count();
  const auto username = std::to_string(seconds) + ":" + id.value();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(username.data()), username.size(), digest.data(),
           &size) == nullptr) {
    throw std::runtime_error("OpenSSL has no HMAC-SHA1");
  }
  return {Credential(username), Credential(base64(digest.data(), size))};
}

}  // namespace parley
