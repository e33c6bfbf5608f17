// STUN's cryptography by OpenSSL. Contexts are made once and used again, so that no digest
// allocates memory.
//
// Thread-safety: none; one for each thread.
#pragma once

#include <memory>

#include "core/net/stun/cryptography.h"

namespace parley {

class OpensslCryptography final : public stun::Cryptography {
 public:
  // Throws std::runtime_error where OpenSSL lacks an algorithm.
  OpensslCryptography();
  ~OpensslCryptography() override;
  OpensslCryptography(const OpensslCryptography&) = delete;
  OpensslCryptography& operator=(const OpensslCryptography&) = delete;

  stun::Md5Digest md5(stun::Parts parts) override;
  stun::Sha256Digest sha256(stun::Parts parts) override;
  stun::Sha1Digest hmac_sha1(Bytes key, stun::Parts parts) override;
  stun::Sha256Digest hmac_sha256(Bytes key, stun::Parts parts) override;

 private:
  struct Contexts;
  std::unique_ptr<Contexts> contexts_;
};

}  // namespace parley
