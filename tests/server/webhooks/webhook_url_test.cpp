#include "server/webhooks/webhook_url.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(WebhookUrl, HasItsParts) {
  const auto plain = parse_webhook_url("https://app.example.org");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->scheme, WebhookScheme::Https);
  EXPECT_EQ(plain->host, "app.example.org");
  EXPECT_EQ(plain->port, "443");
  EXPECT_EQ(plain->authority, "app.example.org");
  EXPECT_EQ(plain->target, "/");

  const auto full = parse_webhook_url("http://10.0.0.5:9000/hooks/parley?key=a%20b");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->scheme, WebhookScheme::Http);
  EXPECT_EQ(full->host, "10.0.0.5");
  EXPECT_EQ(full->port, "9000");
  EXPECT_EQ(full->authority, "10.0.0.5:9000");
  EXPECT_EQ(full->target, "/hooks/parley?key=a%20b");

  EXPECT_EQ(parse_webhook_url("http://a?b")->target, "/?b");
  EXPECT_EQ(parse_webhook_url("http://a")->port, "80");
}

TEST(WebhookUrl, MayHaveAnIpv6Address) {
  const auto url = parse_webhook_url("https://[2001:db8::5]:8443/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "2001:db8::5");
  EXPECT_EQ(url->port, "8443");
  EXPECT_EQ(url->authority, "[2001:db8::5]:8443");
  EXPECT_EQ(parse_webhook_url("https://[::1]")->port, "443");
}

TEST(WebhookUrl, IsNothingElse) {
  for (const char* text : {"",
                           "app.example.org",
                           "ftp://a",
                           "https://",
                           "https:///x",
                           "https://:443",
                           "https://a:",
                           "https://a:0",
                           "https://a:65536",
                           "https://a:x",
                           "https://a:1:2",
                           "https://u:p@a/",
                           "https://u@a",
                           "https://[::1",
                           "https://[::1]x",
                           "https://[]",
                           "https://[a.b]:1x",
                           "https://::1",
                           "https://a/#x",
                           "https://a/b c",
                           "https://a/\r\nX: y",
                           "https://\xc3\xa4"}) {
    EXPECT_FALSE(parse_webhook_url(text)) << text;
  }
  EXPECT_FALSE(parse_webhook_url("https://a/" + std::string(3000, 'x')));
}

}  // namespace
}  // namespace parley
