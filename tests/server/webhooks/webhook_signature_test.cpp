#include "server/webhooks/webhook_signature.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::chrono::sys_seconds sent_at{std::chrono::seconds(1795000000)};

// The digest by: printf '%s' '1795000000.{"a":1}' | openssl dgst -sha256 -hmac SECRET
TEST(WebhookSignature, IsWhatOpensslsProgramMakesOfIt) {
  EXPECT_EQ(webhook_signature("0123456789abcdef0123456789abcdef", sent_at, R"({"a":1})"),
            "t=1795000000,v1="
            "7833cde52f3d744876a6b0ce5b50b775d9e19c11d9bac94a9e0f9adfd5ee7b8a");
}

TEST(WebhookSignature, IsAnotherForAnotherBodyTimeOrSecret) {
  const auto one = webhook_signature("secret", sent_at, "body");
  EXPECT_NE(webhook_signature("secret", sent_at, "bodY"), one);
  EXPECT_NE(webhook_signature("Secret", sent_at, "body"), one);
  const auto later = webhook_signature("secret", sent_at + std::chrono::seconds(1), "body");
  EXPECT_NE(later.substr(later.find("v1=")), one.substr(one.find("v1=")));
}

}  // namespace
}  // namespace parley
