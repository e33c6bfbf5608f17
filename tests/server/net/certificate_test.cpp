#include "server/net/certificate.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "server/net/self_signed.h"
#include "tests/server/support/certificates.h"

namespace parley::testing {
namespace {

const auto now = Certificate::Clock::now();

TEST(Certificate, KnowsItsNamesAndWhoVouchesForIt) {
  const PemFile own = make_self_signed({"calls.example", "192.0.2.1", "2001:db8::1"}, now);
  const auto self_signed = Certificate::parse(own, own);
  ASSERT_TRUE(self_signed);
  EXPECT_TRUE(self_signed->is_self_signed());
  EXPECT_EQ(self_signed->names(),
            (std::vector<std::string>{"calls.example", "192.0.2.1", "2001:db8::1"}));
  EXPECT_EQ(self_signed->fingerprint().size(), 32u * 3 - 1);

  const PemFile made = issued_certificate();
  const auto issued = Certificate::parse(made, made);
  ASSERT_TRUE(issued);
  EXPECT_FALSE(issued->is_self_signed());
}

TEST(Certificate, TakesTheIssuersThatFollowIt) {
  const PemFile leaf = issued_certificate();
  PemFile chain = leaf;
  chain.text += issued_certificate().text + issued_certificate().text;
  const auto certificate = Certificate::parse(chain, leaf);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->native_chain().size(), 2u);
}

class CertificateFilesTest : public ::testing::Test {
 protected:
  std::string problem() {
    const auto loaded = load_certificate(files_.chain(), files_.key());
    return loaded ? "" : loaded.error();
  }

  CertificateFiles files_;
};

TEST_F(CertificateFilesTest, AreLoaded) { EXPECT_EQ(problem(), ""); }

TEST_F(CertificateFilesTest, MustBelongTogether) {
  files_.replace_chain(issued_certificate().text);
  EXPECT_EQ(problem(), "The key in " + files_.key().string() +
                           " does not belong to the certificate in " + files_.chain().string() +
                           ".");
}

TEST_F(CertificateFilesTest, MustBeThere) {
  std::filesystem::remove(files_.key());
  EXPECT_EQ(problem(), files_.key().string() + " cannot be read: No such file or directory.");
  std::filesystem::create_directory(files_.key());
  EXPECT_EQ(problem(), files_.key().string() + " cannot be read: Is a directory.");
}

TEST_F(CertificateFilesTest, MustBePem) {
  for (const char* text : {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n"}) {
    files_.replace_chain(text);
    EXPECT_EQ(problem(), files_.chain().string() + " holds no certificate in PEM form.");
  }
  files_.replace_chain(std::string(300 * 1024, 'x'));
  EXPECT_EQ(problem(), files_.chain().string() + " is too long for a PEM file.");
}

TEST(Certificate, TakesNoKeyBehindAPassphrase) {
  const PemFile made = issued_certificate();
  const auto parsed = Certificate::parse(made, made);
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PKCS8PrivateKey(text.get(), parsed->native_key(), EVP_aes_128_cbc(), "open", 4,
                                nullptr, nullptr);
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(text.get(), &bytes);
  const PemFile locked{"locked.pem", std::string(bytes, static_cast<std::size_t>(size))};
  const auto refused = Certificate::parse(made, locked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), "locked.pem is locked by a passphrase; give the key without one.");
}

TEST(Certificate, WarnsWhenItIsNotValid) {
  const auto valid = [](Certificate::Clock::time_point made_at) {
    const PemFile made = issued_certificate(made_at);
    return validity_warning(*Certificate::parse(made, made), now);
  };
  EXPECT_EQ(valid(now), "");
  EXPECT_TRUE(valid(now - std::chrono::hours(24 * 400)).starts_with("The certificate has expired"));
  EXPECT_TRUE(
      valid(now + std::chrono::hours(24 * 2)).starts_with("The certificate is not valid before"));
}

}  // namespace
}  // namespace parley::testing
