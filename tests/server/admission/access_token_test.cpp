#include "server/admission/access_token.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>

#include "tests/server/support/json_web_token.h"

namespace parley {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;
using testing::base64url;
using testing::signed_with;

const std::string secret = "0123456789abcdef0123456789abcdef";
const sys_seconds now{seconds(1'795'000'000)};
const RoomId demo("demo");

constexpr std::string_view hs256 = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view good_claims =
    R"({"sub":"ana","room":"demo","role":"host","name":"Ana","exp":1795000060})";

// An RSA key for the tests of RS256.
struct RsaKey {
  EVP_PKEY* native = EVP_RSA_gen(2048);
  RsaKey() = default;
  RsaKey(const RsaKey&) = delete;
  RsaKey& operator=(const RsaKey&) = delete;
  ~RsaKey() { EVP_PKEY_free(native); }

  std::string public_pem() const {
    BIO* const bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PUBKEY(bio, native);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    std::string pem(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return pem;
  }

  std::string sign(std::string_view header, std::string_view claims) const {
    const auto content = base64url(header) + "." + base64url(claims);
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, native);
    std::string signature(512, '\0');
    std::size_t size = signature.size();
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(content.data()), content.size());
    EVP_MD_CTX_free(context);
    signature.resize(size);
    return content + "." + base64url(signature);
  }
};

class AccessTokenTest : public ::testing::Test {
 protected:
  // The reason why `token` is refused; fails where it is not.
  static ErrorCode refusal(const TokenKey& key, const std::string& token,
                           const RoomId& room = demo) {
    const auto checked = check_token(key, token, room, now);
    EXPECT_FALSE(checked) << token;
    return checked ? ErrorCode::BadMessage : checked.error();
  }

  TokenKey key_ = *TokenKey::from_secret(secret);
};

TEST_F(AccessTokenTest, SaysWhoComesIntoWhichRoomAsWhat) {
  const auto checked = check_token(key_, signed_with(secret, hs256, good_claims), demo, now);
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked, (AccessToken{demo, Identity("ana"), Standing::Host, Name("Ana"),
                                   sys_seconds(seconds(1'795'000'060))}));
}

TEST_F(AccessTokenTest, WithoutARoleIsAGuests) {
  const auto token = signed_with(secret, hs256, R"({"sub":"b","room":"demo","exp":1795000060})");
  const auto checked = check_token(key_, token, demo, now);
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->standing, Standing::Guest);
  EXPECT_EQ(checked->name, std::nullopt);
}

TEST_F(AccessTokenTest, WhatIsIssuedIsTakenUntilItExpires) {
  const AccessToken token{demo, Identity("cho"), Standing::Successor, Name("Cho"),
                          now + seconds(60)};
  const auto text = issue_token(key_, token);
  ASSERT_TRUE(text);
  const auto checked = check_token(key_, *text, demo, now + seconds(59));
  ASSERT_TRUE(checked);
  EXPECT_EQ(*checked, token);
  const auto late = check_token(key_, *text, demo, now + seconds(60));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), ErrorCode::TokenExpired);
}

TEST_F(AccessTokenTest, ForAnotherRoomOpensNothing) {
  const auto token = signed_with(secret, hs256, good_claims);
  EXPECT_EQ(refusal(key_, token, RoomId("other")), ErrorCode::TokenForOtherRoom);
}

TEST_F(AccessTokenTest, WithoutASignatureIsInvalid) {
  const std::string content =
      base64url(R"({"alg":"none","typ":"JWT"})") + "." + base64url(good_claims);
  for (const auto& token : {content + ".", content, content + ".c2ln"}) {
    EXPECT_EQ(refusal(key_, token), ErrorCode::TokenInvalid);
  }
}

TEST_F(AccessTokenTest, OfAnotherKeyIsInvalid) {
  const auto token = signed_with(std::string(32, 'x'), hs256, good_claims);
  EXPECT_EQ(refusal(key_, token), ErrorCode::TokenInvalid);
}

TEST_F(AccessTokenTest, ThatWasChangedIsInvalid) {
  auto token = signed_with(secret, hs256, good_claims);
  const auto other = base64url(R"({"sub":"ana","room":"demo","role":"host","exp":1895000060})");
  const auto begin = token.find('.') + 1;
  token.replace(begin, token.rfind('.') - begin, other);
  EXPECT_EQ(refusal(key_, token), ErrorCode::TokenInvalid);
}

TEST_F(AccessTokenTest, OfAnotherAlgorithmIsInvalid) {
  const auto token = signed_with(secret, R"({"alg":"HS512","typ":"JWT"})", good_claims);
  EXPECT_EQ(refusal(key_, token), ErrorCode::TokenInvalid);
}

TEST_F(AccessTokenTest, SignedWithAPrivateKeyIsTakenByThePublicOne) {
  const RsaKey rsa;
  const auto key = TokenKey::from_public_key(rsa.public_pem());
  ASSERT_TRUE(key);
  constexpr std::string_view rs256 = R"({"alg":"RS256","typ":"JWT"})";
  EXPECT_TRUE(check_token(*key, rsa.sign(rs256, good_claims), demo, now));
  EXPECT_EQ(refusal(*key, RsaKey().sign(rs256, good_claims)), ErrorCode::TokenInvalid);
  EXPECT_EQ(issue_token(*key, {}), std::nullopt);
}

// RFC 8725 section 2.1.
TEST_F(AccessTokenTest, SignedWithThePublicKeyAsASecretIsForged) {
  const auto pem = RsaKey().public_pem();
  const auto key = TokenKey::from_public_key(pem);
  ASSERT_TRUE(key);
  EXPECT_EQ(refusal(*key, signed_with(pem, hs256, good_claims)), ErrorCode::TokenInvalid);
}

TEST_F(AccessTokenTest, WithAClaimThatIsMissingOrWrongIsInvalid) {
  for (const std::string_view claims : {
           R"({})",
           R"({"sub":"ana","room":"demo"})",
           R"({"sub":"ana","room":"demo","exp":"1795000060"})",
           R"({"sub":"ana","exp":1795000060})",
           R"({"sub":"","room":"demo","exp":1795000060})",
           R"({"sub":1,"room":"demo","exp":1795000060})",
           R"({"sub":"ana","room":"de mo","exp":1795000060})",
           R"({"sub":"ana","room":"demo","exp":1795000060,"role":"king"})",
           R"({"sub":"ana","room":"demo","exp":1795000060,"role":7})",
           R"({"sub":"ana","room":"demo","exp":1795000060,"name":"a\nb"})",
           R"({"sub":"ana","room":"demo","exp":1795000060,"nbf":1795000001})",
           R"({"sub":"ana","room":"demo","exp":1795000060,"nbf":"now"})",
           R"(["sub"])",
           R"(no json)",
       }) {
    EXPECT_EQ(refusal(key_, signed_with(secret, hs256, claims)), ErrorCode::TokenInvalid) << claims;
  }
}

TEST_F(AccessTokenTest, ThatIsNoneIsInvalid) {
  for (const auto& text : {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
                           std::string(5000, 'a'), std::string("a\0b", 3)}) {
    EXPECT_EQ(refusal(key_, text), ErrorCode::TokenInvalid);
  }
}

TEST(TokenKeyTest, IsRefusedWhereItIsWeakOrNone) {
  EXPECT_FALSE(TokenKey::from_secret("short"));
  EXPECT_FALSE(TokenKey::from_public_key("no key"));
}

}  // namespace
}  // namespace parley
