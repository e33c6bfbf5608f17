#include "tests/server/support/certificates.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include "server/net/self_signed.h"

namespace parley::testing {

PemFile issued_certificate(Certificate::Clock::time_point now) {
  const PemFile own = make_self_signed({"localhost", "127.0.0.1"}, now);
  const auto parsed = Certificate::parse(own, own);
  X509* certificate = parsed->native();
  const std::unique_ptr<EVP_PKEY, FreeKey> authority(EVP_EC_gen("P-256"));
  const std::unique_ptr<X509_NAME, decltype(&X509_NAME_free)> name(X509_NAME_new(), X509_NAME_free);
  X509_NAME_add_entry_by_txt(name.get(), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("Test authority"), -1, -1, 0);
  X509_set_issuer_name(certificate, name.get());
  X509_sign(certificate, authority.get(), EVP_sha256());
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(text.get(), certificate);
  PEM_write_bio_PrivateKey(text.get(), parsed->native_key(), nullptr, nullptr, 0, nullptr, nullptr);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return {"issued.pem", std::string(bytes, static_cast<std::size_t>(size))};
}

void CertificateFiles::put(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::rename(folder_.write("new.pem", text), path);
}

std::string CertificateFiles::replace() {
  const PemFile made = issued_certificate();
  const auto key_at = made.text.find("-----BEGIN PRIVATE KEY");
  put(chain(), made.text.substr(0, key_at));
  put(key(), made.text.substr(key_at));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  X509_digest(Certificate::parse(made, made)->native(), EVP_sha256(), digest.data(), &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

ServerOptions tls_options(const CertificateFiles& files) {
  ServerOptions options = test_options();
  options.tls = files.options();
  options.timeouts.certificate_check = std::chrono::milliseconds(5);
  return options;
}

}  // namespace parley::testing
