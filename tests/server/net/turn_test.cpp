// The TURN server over real sockets, with coturn's clients.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <regex>
#include <string>

#include "server/net/file_descriptor.h"
#include "server/net/socket_address.h"
#include "server/net/udp_port.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/process.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

ServerOptions turn_options(unsigned threads) {
  ServerOptions options = test_options();
  options.threads = threads;
  options.relay.turn = OwnTurn::On;
  options.turn.secret.bytes = "north";
  return options;
}

// A UDP port that nobody has at the moment.
std::uint16_t free_udp_port() {
  const auto port = open_udp_port(*TransportAddress::parse("127.0.0.1:0"), 1);
  EXPECT_TRUE(port);
  SocketAddress name{};
  socklen_t size = sizeof name;
  getsockname(port->sockets.front().get(), &name.any, &size);
  return from_socket_address(name).port;
}

// Where turnutils_peer can listen: on that port and the next. Neither may be one of the relays', to
// which the server itself delivers what is for its own address and their range, and the system
// draws free ports from a range that overlaps theirs.
std::string port_for_peer(const turn::PortRange& relays) {
  constexpr int attempts = 1000;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const std::uint16_t port = free_udp_port();
    const auto next = static_cast<std::uint16_t>(port + 1);
    if (relays.contains(port) || relays.contains(next) || next == 0) continue;
    if (open_udp_port({*IpAddress::parse("127.0.0.1"), next}, 1)) return std::to_string(port);
  }
  ADD_FAILURE() << "no free ports outside the relays' range";
  return "0";
}

// The number behind `name` in the server's metrics; -1 where it is not there.
long metric(std::uint16_t port, const std::string& name) {
  const std::string text = "\n" + fetch(port, "/metrics").body;
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stol(text.substr(at + name.size() + 2));
}

struct Load {
  int exit_status = -1;
  std::string output;

  // What is printed last behind `label`.
  long number(const std::string& label) const {
    const auto at = output.rfind(label);
    return at == std::string::npos ? -1 : std::stol(output.substr(at + label.size()));
  }
};

// turnutils_uclient with the server's secret.
Load run_client(std::uint16_t port, std::vector<std::string> more) {
  std::vector<std::string> command{"turnutils_uclient", "-W", "north", "-u", "ana", "-p",
                                   std::to_string(port)};
  command.insert(command.end(), more.begin(), more.end());
  command.emplace_back("127.0.0.1");
  Process client(std::move(command));
  Load load;
  load.exit_status = client.wait();
  load.output = client.output();
  return load;
}

class Turn : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(has_program("turnutils_uclient"))
        << "scripts/test installs coturn, which brings it";
  }
};

TEST_F(Turn, RelaysToAPeerAndBackWithoutLoss) {
  auto options = turn_options(2);
  options.relay.allowed_peers = {*IpNetwork::parse("127.0.0.0/8")};
  TestServer server(options);
  const auto peer_port = port_for_peer(options.relay.ports);
  Process peer({"turnutils_peer", "-L", "127.0.0.1", "-p", peer_port});
  long relayed = 0;
  for (const auto* mode : {"-c", "-cs"}) {  // channels, Send indications
    const Load load = run_client(server.port(), {mode, "-e", "127.0.0.1", "-r", peer_port, "-m",
                                                 "8", "-n", "100", "-l", "171", "-z", "5"});
    EXPECT_EQ(load.exit_status, 0) << load.output;
    EXPECT_EQ(load.number("tot_send_msgs="), 800) << load.output;
    EXPECT_EQ(load.number("tot_recv_msgs="), 800) << load.output;
    EXPECT_EQ(load.number("Total lost packets "), 0) << load.output;
    relayed += 800;
    EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"peer\"}"), relayed);
    EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"client\"}"), relayed);
  }
}

TEST_F(Turn, ReservesPortsForRtcp) {
  // A token is known to the thread that gave it.
  auto options = turn_options(1);
  options.relay.allowed_peers = {*IpNetwork::parse("127.0.0.0/8")};
  TestServer server(options);
  const auto peer_port = port_for_peer(options.relay.ports);
  Process peer({"turnutils_peer", "-L", "127.0.0.1", "-p", peer_port});
  const Load load = run_client(
      server.port(), {"-e", "127.0.0.1", "-r", peer_port, "-m", "2", "-n", "20", "-z", "5"});
  EXPECT_EQ(load.exit_status, 0) << load.output;
  EXPECT_EQ(load.number("Total lost packets "), 0) << load.output;
}

TEST_F(Turn, AllocationsReachEachOtherAcrossThreads) {
  TestServer server(turn_options(3));
  const Load load =
      run_client(server.port(), {"-y", "-c", "-m", "8", "-n", "100", "-l", "171", "-z", "5"});
  EXPECT_EQ(load.exit_status, 0) << load.output;
  EXPECT_EQ(load.number("tot_recv_msgs="), 800) << load.output;
  EXPECT_EQ(load.number("Total lost packets "), 0) << load.output;
}

TEST_F(Turn, RefusesPeersInside) {
  TestServer server(turn_options(2));
  const Load load = run_client(server.port(), {"-c", "-e", "127.0.0.1", "-r", "9", "-n", "1"});
  EXPECT_NE(load.exit_status, 0);
  EXPECT_GE(metric(server.port(), "parley_turn_refusals_total{code=\"403\"}"), 1);
  EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"peer\"}"), 0);
}

TEST_F(Turn, RefusesAWrongSecret) {
  auto options = turn_options(2);
  options.turn.secret.bytes = "south";
  TestServer server(options);
  EXPECT_NE(run_client(server.port(), {"-c", "-y", "-n", "1"}).exit_status, 0);
  EXPECT_EQ(metric(server.port(), "parley_turn_allocations_total"), 0);
}

TEST(OwnTurn, IsOfferedToParticipantsByTheNameTheyCameBy) {
  TestServer server(turn_options(2));
  Caller caller(server.port());
  caller.join("room");
  ASSERT_EQ(caller.joined.ice_servers.size(), 1u);
  const auto& offered = caller.joined.ice_servers.front();
  EXPECT_EQ(offered.urls.front().value(),
            "turn:127.0.0.1:" + std::to_string(server.port()) + "?transport=udp");
  EXPECT_TRUE(offered.credential);
  EXPECT_TRUE(caller.joined.ice_servers_expire_in_seconds);
}

TEST(OwnTurn, CanBeSwitchedOff) {
  TestServer server;
  Caller caller(server.port());
  caller.join("room");
  EXPECT_TRUE(caller.joined.ice_servers.empty());
  EXPECT_TRUE(open_udp_port({*IpAddress::parse("127.0.0.1"), server.port()}, 1));
}

TEST(UdpPort, IsSharedByItsShardsAndByNobodyElse) {
  const auto address = *TransportAddress::parse("127.0.0.1:0");
  const auto any = open_udp_port(address, 1);
  ASSERT_TRUE(any);
  const TransportAddress taken{address.ip, free_udp_port()};
  const auto shared = open_udp_port(taken, 4);
  ASSERT_TRUE(shared);
  EXPECT_EQ(shared->sockets.size(), 4u);
  const auto second = open_udp_port(taken, 4);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, UdpPortError::InUse);
  EXPECT_NE(second.error().sentence.find(std::to_string(taken.port)), std::string::npos);
}

TEST(UdpPort, SpreadsClientsOverItsSockets) {
  const TransportAddress address{*IpAddress::parse("127.0.0.1"), free_udp_port()};
  const auto port = open_udp_port(address, 4);
  ASSERT_TRUE(port);
  SocketAddress name{};
  const socklen_t size = to_socket_address(address, AF_INET, name);
  for (int count = 0; count < 64; ++count) {
    const FileDescriptor client(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(sendto(client.get(), "x", 1, 0, &name.any, size), 1);
  }
  int total = 0;
  int used = 0;
  for (const auto& socket : port->sockets) {
    int received = 0;
    std::array<char, 8> buffer{};
    while (recv(socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) == 1) ++received;
    total += received;
    used += received > 0 ? 1 : 0;
  }
  EXPECT_EQ(total, 64);
  EXPECT_GT(used, 1);
}

}  // namespace
}  // namespace parley::testing
