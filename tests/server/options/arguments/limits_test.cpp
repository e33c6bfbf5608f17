#include "server/options/arguments/limits.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/options/command_line.h"

namespace parley {
namespace {

Policy policy(std::vector<std::string> arguments) {
  auto parsed = parse_command_line(std::move(arguments));
  if (const auto* early = std::get_if<EarlyExit>(&parsed)) {
    ADD_FAILURE() << early->text;
    return {};
  }
  return std::get<CommandLine>(parsed).server.policy;
}

bool is_in(const char* address, const std::vector<IpNetwork>& networks) {
  return std::ranges::any_of(
      networks, [&](const auto& each) { return each.contains(*IpAddress::parse(address)); });
}

TEST(LimitArguments, HaveTheDefaultsOfTheCode) {
  const Policy given = policy({});
  EXPECT_EQ(given.address.flows, AddressLimits().flows);
  EXPECT_EQ(given.address.held, AddressLimits().held);
  EXPECT_EQ(given.websocket.messages, ConnectionLimits().messages);
  EXPECT_TRUE(is_in("127.0.0.1", given.unlimited));
  EXPECT_TRUE(is_in("::1", given.unlimited));
  EXPECT_FALSE(is_in("192.0.2.1", given.unlimited));
}

TEST(LimitArguments, TakeEachRateAndNumber) {
  const Policy given =
      policy({"--address-connections",     "1",     "--address-websockets",     "2",
              "--address-connection-rate", "3:4",   "--address-websocket-rate", "5:6",
              "--address-join-rate",       "7",     "--address-room-rate",      "off",
              "--address-message-rate",    "8:9",   "--address-byte-rate",      "10:11",
              "--websocket-message-rate",  "12:13", "--websocket-byte-rate",    "14:15",
              "--websocket-join-rate",     "16:17", "--unlimited-address",      "10.0.0.0/8",
              "--address-request-rate",    "18:19"});
  EXPECT_EQ(given.address.held, (std::array<std::uint32_t, 2>{1, 2}));
  EXPECT_EQ(given.address.flows,
            (std::array<Rate, 7>{{{3, 4}, {5, 6}, {18, 19}, {7, 7}, {}, {8, 9}, {10, 11}}}));
  EXPECT_EQ(given.websocket.messages, (Rate{12, 13}));
  EXPECT_EQ(given.websocket.bytes, (Rate{14, 15}));
  EXPECT_EQ(given.websocket.joins, (Rate{16, 17}));
  EXPECT_FALSE(is_in("127.0.0.1", given.unlimited));
  EXPECT_TRUE(is_in("10.9.8.7", given.unlimited));
}

TEST(LimitArguments, RefuseWhatIsNoRate) {
  const auto parsed = parse_command_line({"--address-join-rate", "often"});
  const auto* early = std::get_if<EarlyExit>(&parsed);
  ASSERT_TRUE(early);
  EXPECT_NE(early->text.find("\"often\" is not a rate such as 20:1000"), std::string::npos);
}

}  // namespace
}  // namespace parley
