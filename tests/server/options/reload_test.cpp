#include "server/options/reload.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

Settings settings(std::vector<std::string> arguments) {
  auto parsed = parse_command_line(std::move(arguments));
  return std::get<CommandLine>(parsed).settings;
}

using Names = std::vector<std::string>;

TEST(Reload, NeedsNoRestartForLimitsSitesAndTheLog) {
  const auto before = settings({});
  EXPECT_EQ(that_need_restart(
                before, settings({"--address-join-rate", "1:2", "--allow-origin",
                                  "https://a.example", "--log-level", "debug", "--trusted-proxy",
                                  "10.0.0.0/8", "--websocket-byte-rate", "off"})),
            Names());
}

TEST(Reload, NamesWhatNeedsARestart) {
  const auto before = settings({"--port", "9000"});
  EXPECT_EQ(that_need_restart(before, settings({"--port", "9000"})), Names());
  EXPECT_EQ(that_need_restart(before, settings({"--port", "9001", "--max-connections", "5"})),
            (Names{"max-connections", "port"}));
  EXPECT_EQ(that_need_restart(before, settings({})), (Names{"port"}));
}

TEST(Reload, KnowsNoOptionThatThereIsNot) {
  std::size_t count = 0;
  for (const auto& [name, values] : settings({})) count += changes_while_running(name) ? 1 : 0;
  EXPECT_EQ(count, 21u);
}

}  // namespace
}  // namespace parley
