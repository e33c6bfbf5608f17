#include "server/net/certificate.h"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>

namespace parley {
namespace {

namespace fs = std::filesystem;

// A chain of a few certificates has some KiB. What is longer is another file.
constexpr std::size_t most_bytes = 256 * 1024;

// The order of lines is certificate, issuer, issuer's issuer …; nobody has more.
constexpr std::size_t most_issuers = 16;

using Reader = std::unique_ptr<BIO, FreeBio>;

Reader reader_of(std::string_view text) {
  return Reader(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// Instead of OpenSSL's own, which would ask on the terminal.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Certificate::Clock::time_point time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Certificate::Clock::from_time_t(timegm(&parts));
}

std::string date_of(Certificate::Clock::time_point time) {
  const std::time_t seconds = Certificate::Clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts)};
}

std::string address_of(const ASN1_OCTET_STRING& bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int size = ASN1_STRING_length(&bytes);
  if (size != 4 && size != 16) return {};
  inet_ntop(size == 4 ? AF_INET : AF_INET6, ASN1_STRING_get0_data(&bytes), text.data(),
            static_cast<socklen_t>(text.size()));
  return text.data();
}

Result<PemFile, std::string> read_pem(const fs::path& path) {
  std::string text(most_bytes + 1, '\0');
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!file && !file.eof()) {
    return path.string() + " cannot be read: " + std::strerror(errno) + ".";
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > most_bytes) return path.string() + " is too long for a PEM file.";
  return PemFile{path.string(), std::move(text)};
}

}  // namespace

void FreeX509::operator()(x509_st* certificate) const { X509_free(certificate); }
void FreeBio::operator()(bio_st* bio) const { BIO_free(bio); }
void FreeKey::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

Result<Certificate, std::string> Certificate::parse(const PemFile& chain, const PemFile& key) {
  Certificate made;
  const Reader certificates = reader_of(chain.text);
  made.leaf_.reset(PEM_read_bio_X509(certificates.get(), nullptr, no_passphrase, nullptr));
  if (!made.leaf_) return chain.name + " holds no certificate in PEM form.";
  while (made.chain_.size() < most_issuers) {
    X509* issuer = PEM_read_bio_X509(certificates.get(), nullptr, no_passphrase, nullptr);
    if (issuer == nullptr) break;
    made.chain_.emplace_back(issuer);
  }
  bool is_locked = false;
  made.key_.reset(
      PEM_read_bio_PrivateKey(reader_of(key.text).get(), nullptr, no_passphrase, &is_locked));
  ERR_clear_error();
  if (is_locked) return key.name + " is locked by a passphrase; give the key without one.";
  if (!made.key_) return key.name + " holds no private key in PEM form.";
  if (X509_check_private_key(made.leaf_.get(), made.key_.get()) != 1) {
    ERR_clear_error();
    return "The key in " + key.name + " does not belong to the certificate in " + chain.name + ".";
  }
  made.not_before_ = time_of(X509_get0_notBefore(made.leaf_.get()));
  made.not_after_ = time_of(X509_get0_notAfter(made.leaf_.get()));
  made.is_self_signed_ = X509_self_signed(made.leaf_.get(), 0) == 1;
  return made;
}

std::string Certificate::fingerprint() const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  X509_digest(leaf_.get(), EVP_sha256(), digest.data(), &size);
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (unsigned int at = 0; at < size; ++at) {
    if (at > 0) text += ':';
    text += digits[digest[at] >> 4];
    text += digits[digest[at] & 15];
  }
  return text;
}

std::vector<std::string> Certificate::names() const {
  std::vector<std::string> names;
  auto* all = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(leaf_.get(), NID_subject_alt_name, nullptr, nullptr));
  for (int at = 0; at < sk_GENERAL_NAME_num(all); ++at) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(all, at);
    if (name->type == GEN_IPADD) {
      names.push_back(address_of(*name->d.iPAddress));
    } else if (name->type == GEN_DNS) {
      const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
      names.emplace_back(text, static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
    }
  }
  GENERAL_NAMES_free(all);
  return names;
}

Result<Certificate, std::string> load_certificate(const fs::path& chain, const fs::path& key) {
  auto certificates = read_pem(chain);
  if (!certificates) return certificates.error();
  auto private_key = read_pem(key);
  if (!private_key) return private_key.error();
  return Certificate::parse(*certificates, *private_key);
}

std::string validity_warning(const Certificate& certificate, Certificate::Clock::time_point now) {
  if (now >= certificate.not_after()) {
    return "The certificate has expired on " + date_of(certificate.not_after()) +
           "; browsers refuse it.";
  }
  if (now < certificate.not_before()) {
    return "The certificate is not valid before " + date_of(certificate.not_before()) +
           "; browsers refuse it.";
  }
  return {};
}

}  // namespace parley
