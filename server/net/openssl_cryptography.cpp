#include "server/net/openssl_cryptography.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <stdexcept>
#include <string>

namespace parley {
namespace {

template <class Pointer, void (*Free)(Pointer)>
struct Freed {
  void operator()(Pointer pointer) const { Free(pointer); }
};

using Digest = std::unique_ptr<EVP_MD, Freed<EVP_MD*, EVP_MD_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX*, EVP_MD_CTX_free>>;
using Mac = std::unique_ptr<EVP_MAC, Freed<EVP_MAC*, EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Freed<EVP_MAC_CTX*, EVP_MAC_CTX_free>>;

void require(bool works, const char* what) {
  if (!works) throw std::runtime_error(std::string("OpenSSL has no ") + what);
}

Digest fetch(const char* name) {
  Digest digest(EVP_MD_fetch(nullptr, name, nullptr));
  require(digest != nullptr, name);
  return digest;
}

MacContext hmac_with(EVP_MAC* mac, const char* digest) {
  MacContext context(EVP_MAC_CTX_new(mac));
  std::string name(digest);
  const std::array<OSSL_PARAM, 2> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
      OSSL_PARAM_construct_end()};
  require(context && EVP_MAC_CTX_set_params(context.get(), parameters.data()) == 1, digest);
  return context;
}

template <class Result>
Result digest(EVP_MD_CTX* context, const EVP_MD* algorithm, stun::Parts parts) {
  Result result{};
  bool works = EVP_DigestInit_ex2(context, algorithm, nullptr) == 1;
  for (const Bytes part : parts) {
    works = works && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
  }
  require(works && EVP_DigestFinal_ex(context, result.data(), nullptr) == 1, "digest");
  return result;
}

template <class Result>
Result hmac(EVP_MAC_CTX* context, Bytes key, stun::Parts parts) {
  Result result{};
  std::size_t size = 0;
  bool works = EVP_MAC_init(context, key.data(), key.size(), nullptr) == 1;
  for (const Bytes part : parts) {
    works = works && EVP_MAC_update(context, part.data(), part.size()) == 1;
  }
  require(works && EVP_MAC_final(context, result.data(), &size, result.size()) == 1, "HMAC");
  return result;
}

}  // namespace

struct OpensslCryptography::Contexts {
  Digest md5 = fetch("MD5");
  Digest sha256 = fetch("SHA256");
  DigestContext digests{EVP_MD_CTX_new()};
  Mac hmac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
  MacContext hmac_sha1 = hmac_with(hmac.get(), "SHA1");
  MacContext hmac_sha256 = hmac_with(hmac.get(), "SHA256");
};

OpensslCryptography::OpensslCryptography() : contexts_(std::make_unique<Contexts>()) {}
OpensslCryptography::~OpensslCryptography() = default;

stun::Md5Digest OpensslCryptography::md5(stun::Parts parts) {
  return digest<stun::Md5Digest>(contexts_->digests.get(), contexts_->md5.get(), parts);
}

stun::Sha256Digest OpensslCryptography::sha256(stun::Parts parts) {
  return digest<stun::Sha256Digest>(contexts_->digests.get(), contexts_->sha256.get(), parts);
}

stun::Sha1Digest OpensslCryptography::hmac_sha1(Bytes key, stun::Parts parts) {
  return hmac<stun::Sha1Digest>(contexts_->hmac_sha1.get(), key, parts);
}

stun::Sha256Digest OpensslCryptography::hmac_sha256(Bytes key, stun::Parts parts) {
  return hmac<stun::Sha256Digest>(contexts_->hmac_sha256.get(), key, parts);
}

}  // namespace parley
