// JSON Web Tokens by the book (RFC 7515 section 3.3), not by the library under test.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <string>
#include <string_view>

namespace parley::testing {

// RFC 4648 section 5, without padding.
inline std::string base64url(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  while (text.ends_with('=')) text.pop_back();
  for (char& each : text) each = each == '+' ? '-' : each == '/' ? '_' : each;
  return text;
}

// Signed by HMAC with SHA-256, whatever `header` says.
inline std::string signed_with(std::string_view key, std::string_view header,
                               std::string_view claims) {
  std::string token = base64url(header).append(".").append(base64url(claims));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(token.data()), token.size(), digest.data(), &size);
  return token.append(".").append(base64url({reinterpret_cast<const char*>(digest.data()), size}));
}

}  // namespace parley::testing
