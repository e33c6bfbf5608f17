#include "server/net/self_signed.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace parley {
namespace {

namespace fs = std::filesystem;

// Clocks of other machines may be behind.
constexpr auto made_before = std::chrono::hours(24);

// RFC 5280 section 4.1.2.2: at most 20 bytes; so many cannot be guessed.
constexpr int serial_bits = 127;

struct FreeExtension {
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
};

void require(bool is_done) {
  if (!is_done) throw std::runtime_error("OpenSSL cannot make a certificate");
}

// Of another form: what OpenSSL's configuration syntax gives a meaning to is no host's name.
bool is_host_name(const std::string& name) {
  return !name.empty() && name.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                              "XYZ0123456789-_.") == std::string::npos;
}

bool is_address(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) {
    if (!is_address(name) && !is_host_name(name)) continue;
    if (!text.empty()) text += ',';
    text += is_address(name) ? "IP:" : "DNS:";
    text += name;
  }
  return text;
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreeExtension> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void set_serial(X509* certificate) {
  const std::unique_ptr<BIGNUM, FreeNumber> number(BN_new());
  require(number && BN_rand(number.get(), serial_bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
          BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr);
}

void set_subject(X509* certificate) {
  // The same for all: who looks at it should see what it is. The names are in subjectAltName.
  constexpr std::string_view name = "Parley, self-signed";
  X509_NAME* subject = X509_get_subject_name(certificate);
  require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                     reinterpret_cast<const unsigned char*>(name.data()),
                                     static_cast<int>(name.size()), -1, 0) == 1 &&
          X509_set_issuer_name(certificate, subject) == 1);
}

std::string text_of(BIO* bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string problem(const fs::path& path, int error) {
  return path.string() + " cannot be written: " + std::strerror(error) + ".";
}

// Puts a whole file in its place, or nothing.
int replace_file(const fs::path& path, const std::string& text) {
  const fs::path fresh = path.string() + ".new";
  unlink(fresh.c_str());
  const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return errno;
  errno = ENOSPC;  // what a short write means
  const bool is_written =
      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      fsync(file) == 0;
  const int error = errno;
  close(file);
  if (is_written && rename(fresh.c_str(), path.c_str()) == 0) return 0;
  const int failure = is_written ? errno : error;
  unlink(fresh.c_str());
  return failure;
}

bool is_still_good(const Certificate& certificate, const std::vector<std::string>& names,
                   Certificate::Clock::time_point now) {
  if (now < certificate.not_before() || now >= certificate.not_after() - self_signed_renewal) {
    return false;
  }
  const auto has = certificate.names();
  return std::ranges::all_of(names, [&has](const std::string& name) {
    return (!is_address(name) && !is_host_name(name)) || std::ranges::find(has, name) != has.end();
  });
}

}  // namespace

PemFile make_self_signed(const std::vector<std::string>& names,
                         Certificate::Clock::time_point now) {
  const std::unique_ptr<EVP_PKEY, FreeKey> key(EVP_EC_gen("P-256"));
  const std::unique_ptr<X509, FreeX509> certificate(X509_new());
  require(key && certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_serial(certificate.get());
  set_subject(certificate.get());
  const auto begin = now - made_before;
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), Certificate::Clock::to_time_t(begin));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                Certificate::Clock::to_time_t(begin + self_signed_validity));
  require(X509_set_pubkey(certificate.get(), key.get()) == 1);
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), NID_ext_key_usage, "serverAuth");
  add_extension(certificate.get(), NID_subject_key_identifier, "hash");
  add_extension(certificate.get(), NID_subject_alt_name, alternative_names(names));
  require(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);

  const std::unique_ptr<BIO, FreeBio> text(BIO_new(BIO_s_mem()));
  require(text && PEM_write_bio_X509(text.get(), certificate.get()) == 1 &&
          PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
              1);
  return {"the new certificate", text_of(text.get())};
}

Result<Certificate, std::string> keep_self_signed(const fs::path& folder,
                                                  const std::vector<std::string>& names,
                                                  Certificate::Clock::time_point now) {
  const fs::path path = folder / "self-signed.pem";
  std::error_code error;
  if (!folder.empty() && fs::exists(path, error)) {
    auto kept = load_certificate(path, path);
    if (!kept) return kept.error() + " Delete it; the server makes a new one.";
    if (is_still_good(*kept, names, now)) return kept;
  }
  const PemFile made = make_self_signed(names, now);
  if (!folder.empty()) {
    fs::create_directories(folder, error);
    if (error) return problem(folder, error.value());
    if (const int failure = replace_file(path, made.text)) return problem(path, failure);
  }
  return Certificate::parse(made, made);
}

}  // namespace parley
