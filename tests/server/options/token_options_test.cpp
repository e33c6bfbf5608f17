#include "server/options/token_options.h"

#include <gtest/gtest.h>

#include <string>

#include "server/options/token_command.h"
#include "tests/server/support/temporary_folder.h"

namespace parley {
namespace {

using testing::TemporaryFolder;

const std::string secret(32, 's');

// The one line that says what is wrong; fails where nothing is.
std::string refusal(const TokenArguments& arguments) {
  const auto key = read_token_key(arguments);
  EXPECT_FALSE(key);
  return key ? std::string() : key.error();
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(TokenOptions, AskForNoTokensUnlessTold) {
  const auto key = read_token_key({});
  ASSERT_TRUE(key);
  EXPECT_FALSE(key->has_value());
}

TEST(TokenOptions, TakeASecretOrAPublicKey) {
  const TemporaryFolder folder;
  const auto file = folder.write("token.secret", secret + "\n");
  const auto key = read_token_key({"token", file, {}});
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->has_value());
  EXPECT_TRUE(contains(refusal({"token", {}, {}}), "--token-secret-file"));
  EXPECT_TRUE(contains(refusal({"token", file, file}), "either"));
  EXPECT_TRUE(contains(refusal({"token", {}, file}), "no RSA public key"));
  EXPECT_TRUE(contains(refusal({"open", file, {}}), "--auth token"));
  EXPECT_TRUE(contains(refusal({"token", "/no", {}}), "/no cannot be read"));
  EXPECT_TRUE(contains(refusal({"token", "/dev/zero", {}}), "too long"));
  EXPECT_TRUE(contains(refusal({"token", folder.write("short", "short"), {}}), "32 bytes"));
}

TEST(TokenCommand, PrintsATokenThatTheServerTakes) {
  const TemporaryFolder folder;
  const auto file = folder.write("token.secret", secret + "\n").string();
  const auto printed = run_token_command(
      {"--room", "demo", "--name", "Ana", "--role", "host", "--token-secret-file", file});
  ASSERT_EQ(printed.exit_status, 0) << printed.text;
  const auto token = printed.text.substr(0, printed.text.find('\n'));
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto checked = check_token(*TokenKey::from_secret(secret), token, RoomId("demo"), now);
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->identity, Identity("Ana"));
  EXPECT_EQ(checked->name, Name("Ana"));
  EXPECT_EQ(checked->standing, Standing::Host);
  EXPECT_LE(checked->expires, now + std::chrono::hours(24));
}

TEST(TokenCommand, SaysWhatIsWrongInOneLine) {
  const TemporaryFolder folder;
  const auto file = folder.write("token.secret", secret).string();
  const auto refused = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--token-secret-file", file});
    const auto exit = run_token_command(std::move(more));
    EXPECT_EQ(exit.exit_status, 2);
    EXPECT_EQ(exit.text.find('\n'), exit.text.size() - 1);
    return exit.text;
  };
  EXPECT_TRUE(contains(refused({"--name", "Ana"}), "--room"));
  EXPECT_TRUE(contains(refused({"--room", "de mo", "--name", "Ana"}), "de mo"));
  EXPECT_TRUE(contains(refused({"--room", "demo"}), "--identity"));
  EXPECT_TRUE(contains(refused({"--room", "demo", "--name", "Ana", "--role", "king"}), "king"));
}

}  // namespace
}  // namespace parley
