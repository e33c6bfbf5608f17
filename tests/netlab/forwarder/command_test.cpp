#include "tests/netlab/forwarder/command.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/netlab/forwarder/packets.h"

namespace parley::netlab {
namespace {

class CommandTest : public testing::Test {
 protected:
  const Conditions& of(Direction direction) const {
    return network.channel(0, direction).conditions();
  }

  Network network{{{"ana", *Prefix::parse("10.0.1.0/24")}, {"ben", *Prefix::parse("10.0.2.0/24")}},
                  1};
};

TEST_F(CommandTest, SetsWhatIsNamedAndLeavesTheRest) {
  EXPECT_EQ(run_command(network, "link ana both delay=10 jitter=2.5 loss=0.25 rate=3000"), "ok");
  EXPECT_EQ(run_command(network, "link ana up open=no"), "ok");
  for (const auto direction : {Direction::Up, Direction::Down}) {
    EXPECT_EQ(of(direction).delay, Duration::milliseconds(10));
    EXPECT_EQ(of(direction).jitter, Duration::microseconds(2'500));
    EXPECT_EQ(of(direction).lost_per_million, 2'500u);
    EXPECT_EQ(of(direction).bits_per_second, 3'000'000u);
  }
  EXPECT_FALSE(of(Direction::Up).is_open);
  EXPECT_TRUE(of(Direction::Down).is_open);
}

TEST_F(CommandTest, BlocksAndUnblocks) {
  const auto arrives = [&] {
    network.received(0, packet_to(address(10, 0, 2, 1)), Timestamp());
    return network.take_due(Timestamp()).has_value();
  };
  EXPECT_EQ(run_command(network, "block ana ben"), "ok");
  EXPECT_FALSE(arrives());
  EXPECT_EQ(run_command(network, "unblock ana ben"), "ok");
  EXPECT_TRUE(arrives());
}

TEST_F(CommandTest, CountsAsOneLineOfJson) {
  network.received(0, packet_to(address(10, 0, 2, 1)), Timestamp());
  network.take_due(Timestamp());
  const auto line = run_command(network, "counters");
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto counters = nlohmann::json::parse(line);
  EXPECT_EQ(counters["links"]["ana"]["up"]["delivered"], 1);
  EXPECT_EQ(counters["links"]["ben"]["down"]["delivered"], 1);
  EXPECT_EQ(counters["links"]["ben"]["up"]["delivered"], 0);
  EXPECT_EQ(counters["blocked"], 0);
}

TEST_F(CommandTest, AnErrorSaysWhyAndChangesNothing) {
  for (const auto* line : {"",
                           "   ",
                           "lnk ana up delay=1",
                           "link",
                           "link ana",
                           "link ana up",
                           "link eve up delay=1",
                           "link ana sideways delay=1",
                           "link ana both delay=1 delay",
                           "link ana both delay=1 delay=x",
                           "link ana both delay=-1",
                           "link ana both delay=1 loss=101",
                           "link ana both loss=nan",
                           "link ana both delay=1 open=perhaps",
                           "link ana both delay=1e9",
                           "link ana both speed=1",
                           "block ana",
                           "block ana eve",
                           "unblock eve ben",
                           "counters please"}) {
    EXPECT_TRUE(run_command(network, line).starts_with("error ")) << line;
    EXPECT_EQ(of(Direction::Up).delay, Duration()) << line;
    EXPECT_TRUE(of(Direction::Up).is_open) << line;
    EXPECT_EQ(of(Direction::Up).lost_per_million, 0u) << line;
  }
}

}  // namespace
}  // namespace parley::netlab
