#include "server/options/arguments/logging.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "server/options/command_line.h"

namespace parley {
namespace {

LogOptions log_options(std::vector<std::string> arguments) {
  return std::get<CommandLine>(parse_command_line(std::move(arguments))).log;
}

TEST(LoggingArguments, AreForPeopleAndWithoutAddressesByDefault) {
  const auto options = log_options({});
  EXPECT_EQ(options.format, LogFormat::Plain);
  EXPECT_EQ(options.addresses, LoggedAddresses::Redacted);
  EXPECT_EQ(options.level, "info");
}

TEST(LoggingArguments, TakeFormatAddressesAndLevel) {
  const auto options =
      log_options({"--log-format", "json", "--log-addresses", "--log-level", "debug"});
  EXPECT_EQ(options.format, LogFormat::Json);
  EXPECT_EQ(options.addresses, LoggedAddresses::Shown);
  EXPECT_EQ(options.level, "debug");
}

TEST(LoggingArguments, SetNothingWhereTheSwitchIsOff) {
  setenv("PARLEY_LOG_ADDRESSES", "false", 1);
  EXPECT_EQ(log_options({}).addresses, LoggedAddresses::Redacted);
  unsetenv("PARLEY_LOG_ADDRESSES");
}

}  // namespace
}  // namespace parley
