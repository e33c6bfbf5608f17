// A server's certificate with its chain and its private key.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

struct bio_st;
struct x509_st;
struct evp_pkey_st;

namespace parley {

struct FreeX509 {
  void operator()(x509_st* certificate) const;
};
struct FreeBio {
  void operator()(bio_st* bio) const;
};
struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};

struct PemFile {
  std::string name;  // how the operator knows it
  std::string text;
};

// Thread-safety: const after it is made.
class Certificate {
 public:
  using Clock = std::chrono::system_clock;

  // From a certificate, with its issuers' after it, and its key, which may be in the same file. The
  // error is a sentence.
  static Result<Certificate, std::string> parse(const PemFile& chain, const PemFile& key);

  Clock::time_point not_before() const { return not_before_; }
  Clock::time_point not_after() const { return not_after_; }

  // Whether it vouches for itself, so that no browser trusts it unasked.
  bool is_self_signed() const { return is_self_signed_; }

  // SHA-256 over the certificate, as browsers show it: "AB:CD:…".
  std::string fingerprint() const;

  // Names and addresses that it is for (subjectAltName), in its order.
  std::vector<std::string> names() const;

  x509_st* native() const { return leaf_.get(); }
  evp_pkey_st* native_key() const { return key_.get(); }
  const std::vector<std::unique_ptr<x509_st, FreeX509>>& native_chain() const { return chain_; }

 private:
  Certificate() = default;

  std::unique_ptr<x509_st, FreeX509> leaf_;
  std::vector<std::unique_ptr<x509_st, FreeX509>> chain_;  // the issuers', from the leaf upwards
  std::unique_ptr<evp_pkey_st, FreeKey> key_;
  Clock::time_point not_before_;
  Clock::time_point not_after_;
  bool is_self_signed_ = false;
};

// Reads both files. The error is a sentence.
Result<Certificate, std::string> load_certificate(const std::filesystem::path& chain,
                                                  const std::filesystem::path& key);

// What an operator should know about its time of validity: a sentence, or nothing.
std::string validity_warning(const Certificate& certificate, Certificate::Clock::time_point now);

}  // namespace parley
