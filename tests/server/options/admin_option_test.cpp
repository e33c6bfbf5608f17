#include "server/options/admin_option.h"

#include <gtest/gtest.h>

#include "server/options/command_line.h"
#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

TEST(AdminOption, WithoutAFileThereIsNoKey) {
  const auto key = read_admin_key({});
  ASSERT_TRUE(key);
  EXPECT_FALSE(key->has_value());
}

TEST(AdminOption, TakesTheLineOfTheFile) {
  const TemporaryFolder folder;
  const std::string written(32, 'k');
  const auto file = folder.write("admin.key", written + "\r\n");
  const auto parsed = parse_command_line({"--admin-key-file", file.string()});
  const auto* line = std::get_if<CommandLine>(&parsed);
  ASSERT_NE(line, nullptr);
  ASSERT_TRUE(line->server.admin_key);
  EXPECT_TRUE(line->server.admin_key->matches(written));
}

TEST(AdminOption, AFileThatIsNoKeyIsABadOption) {
  const TemporaryFolder folder;
  const auto short_key = folder.write("short", "short\n").string();
  const auto two_lines = folder.write("two", std::string(32, 'k') + "\n" + std::string(32, 'k'));
  for (const auto& [file, reason] :
       {std::pair<std::string, const char*>(short_key, "shorter than 32"),
        std::pair<std::string, const char*>(two_lines.string(), "a character"),
        std::pair<std::string, const char*>("/dev/zero", "too long"),
        std::pair<std::string, const char*>("/no", "/no cannot be read")}) {
    const auto parsed = parse_command_line({"--admin-key-file", file});
    const auto* early = std::get_if<EarlyExit>(&parsed);
    ASSERT_NE(early, nullptr) << file;
    EXPECT_EQ(early->exit_status, bad_options_status);
    EXPECT_NE(early->text.find(reason), std::string::npos) << early->text;
  }
}

}  // namespace
}  // namespace parley::testing
