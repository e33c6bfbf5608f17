#include "server/webhooks/webhook_signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "core/base/hexadecimal.h"

namespace parley {

std::string webhook_signature(std::string_view secret, std::chrono::sys_seconds time,
                              std::string_view body) {
  const std::string stamp = std::to_string(time.time_since_epoch().count());
  const std::string text = stamp + "." + std::string(body);
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
           &size) == nullptr) {
    throw std::runtime_error("OpenSSL has no HMAC-SHA256");
  }
  return "t=" + stamp + ",v1=" + hexadecimal(digest);
}

}  // namespace parley
