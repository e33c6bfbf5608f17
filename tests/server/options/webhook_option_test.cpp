#include "server/options/webhook_option.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "server/options/command_line.h"
#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

TEST(WebhookOption, WithoutAnAddressNobodyIsTold) {
  const auto parsed = parse_command_line({});
  EXPECT_FALSE(std::get<CommandLine>(parsed).server.webhook);
}

TEST(WebhookOption, TakesTheAddressAndTheLineOfTheFile) {
  const TemporaryFolder folder;
  const std::string secret(32, 's');
  const auto file = folder.write("secret", secret + "\n").string();
  const auto parsed = parse_command_line(
      {"--webhook", "https://app.example.org/hook", "--webhook-secret-file", file});
  const auto* line = std::get_if<CommandLine>(&parsed);
  ASSERT_NE(line, nullptr);
  ASSERT_TRUE(line->server.webhook);
  EXPECT_EQ(line->server.webhook->url.host, "app.example.org");
  EXPECT_EQ(line->server.webhook->secret, secret);
}

TEST(WebhookOption, WhatIsNoAddressOrSecretIsABadOption) {
  const TemporaryFolder folder;
  const auto secret = folder.write("secret", std::string(32, 's')).string();
  const auto short_secret = folder.write("short", "short").string();
  const std::string url = "https://app.example.org";
  const std::pair<std::vector<std::string>, const char*> cases[] = {
      {{"--webhook", "app.example.org", "--webhook-secret-file", secret}, "no address such as"},
      {{"--webhook", url, "--webhook-secret-file", short_secret}, "shorter than 32"},
      {{"--webhook", url, "--webhook-secret-file", "/no"}, "/no cannot be read"},
      {{"--webhook", url}, "webhook-secret-file"},
      {{"--webhook-secret-file", secret}, "--webhook"}};
  for (const auto& [arguments, reason] : cases) {
    const auto parsed = parse_command_line(arguments);
    const auto* early = std::get_if<EarlyExit>(&parsed);
    ASSERT_NE(early, nullptr) << reason;
    EXPECT_EQ(early->exit_status, bad_options_status);
    EXPECT_NE(early->text.find(reason), std::string::npos) << early->text;
  }
}

}  // namespace
}  // namespace parley::testing
