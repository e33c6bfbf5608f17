#include "server/options/sample_config.h"

#include <gtest/gtest.h>

#include <sstream>

#include "server/options/command_line.h"
#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

std::string printed() {
  const auto parsed = parse_command_line({"--print-config"});
  const auto* early = std::get_if<EarlyExit>(&parsed);
  if (early == nullptr) {
    ADD_FAILURE() << "did not print";
    return {};
  }
  EXPECT_EQ(early->exit_status, 0);
  return early->text;
}

// The options as `name = value`.
std::vector<std::string> options_of(const std::string& config) {
  std::vector<std::string> options;
  std::istringstream lines(config);
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > 1 && line[0] == '#' && line[1] != ' ') options.push_back(line.substr(1));
  }
  return options;
}

std::variant<CommandLine, EarlyExit> parse_file(const std::string& text) {
  const TemporaryFolder folder;
  const auto path = folder.write("parley.toml", text);
  return parse_command_line({"--config", path.string()});
}

TEST(SampleConfig, ChangesNothingAsItIs) {
  EXPECT_TRUE(std::holds_alternative<CommandLine>(parse_file(printed())));
}

TEST(SampleConfig, HoldsEachOptionOfTheHelp) {
  const auto parsed = parse_command_line({"--help"});
  const std::string help = std::get<EarlyExit>(parsed).text;
  const std::string config = printed();
  std::istringstream words(help);
  std::size_t found = 0;
  for (std::string word; words >> word;) {
    if (!word.starts_with("(Env:PARLEY_") || word == "(Env:PARLEY_CONFIG)") continue;
    ++found;
  }
  EXPECT_GT(found, 10u);
  EXPECT_EQ(options_of(config).size(), found);
}

// What has no default cannot be valid before somebody fills it in.
TEST(SampleConfig, GivesEachOptionAValueThatIsAccepted) {
  for (const auto& option : options_of(printed())) {
    if (option.ends_with("= []") || option.ends_with("= \"\"")) continue;
    const auto parsed = parse_file(option + "\n");
    const auto* early = std::get_if<EarlyExit>(&parsed);
    EXPECT_EQ(early, nullptr) << option << ": " << early->text;
  }
}

TEST(SampleConfig, SaysAboveEachOptionWhatItIsFor) {
  std::istringstream lines(printed());
  std::string before;
  for (std::string line; std::getline(lines, line);) {
    if (line.size() > 1 && line[0] == '#' && line[1] != ' ') {
      EXPECT_TRUE(before.starts_with("# ")) << line;
    }
    before = line;
  }
}

}  // namespace
}  // namespace parley::testing
