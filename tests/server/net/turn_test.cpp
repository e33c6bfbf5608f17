// The TURN server over real sockets, with coturn's clients.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "server/net/file_descriptor.h"
#include "server/net/socket_address.h"
#include "server/net/udp_port.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/process.h"
#include "tests/server/support/test_server.h"
#include "tests/server/support/turnutils.h"

namespace parley::testing {
namespace {

class Turn : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(has_program("turnutils_uclient"))
        << "scripts/test installs coturn, which brings it";
  }
};

// All at once: turnutils_uclient takes five seconds whatever it does.
TEST_F(Turn, RelaysByEveryTransportWithoutLoss) {
  const CertificateFiles files;
  auto options = turn_options_for_peers_here(3);
  options.tls = files.options();
  TestServer server(options);
  const auto peer_port = port_for_peer(options.relay.ports);
  Process peer({"turnutils_peer", "-L", "127.0.0.1", "-p", peer_port});

  struct Transport {
    std::vector<std::string> flags;
    int messages;
  };
  // Over TLS turnutils_uclient looks at the first message of a record only. The server puts several
  // into one where they came in one turn, so that they are sent one by one there.
  const std::vector<Transport> transports{
      {{"-n", "50", "-z", "5"}, 4 * 50},
      {{"-t", "-n", "50", "-z", "5"}, 4 * 50},
      {{"-t", "-S", "-n", "5", "-z", "200"}, 4 * 5},
  };
  const std::vector<std::vector<std::string>> modes{
      {"-m", "4", "-l", "171", "-c", "-e", "127.0.0.1", "-r", peer_port},  // channels to a peer
      {"-m", "4", "-l", "171", "-c", "-s", "-e", "127.0.0.1", "-r", peer_port},  // Send indications
      {"-m", "4", "-l", "171", "-c", "-y"},  // to each other, across threads
  };
  std::vector<std::pair<int, std::future<Load>>> loads;
  for (const auto& transport : transports) {
    for (auto flags : modes) {
      flags.insert(flags.end(), transport.flags.begin(), transport.flags.end());
      loads.emplace_back(transport.messages, std::async(std::launch::async, run_client,
                                                        server.port(), flags, "127.0.0.1"));
    }
  }
  long all = 0;
  for (auto& [messages, running] : loads) {
    const Load load = running.get();
    EXPECT_EQ(load.exit_status, 0) << load.output;
    EXPECT_EQ(load.number("tot_send_msgs="), messages) << load.output;
    EXPECT_EQ(load.number("tot_recv_msgs="), messages) << load.output;
    all += messages;
  }
  EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"peer\"}"), all);
  EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"client\"}"), all);
  for (const auto* transport : {"tcp", "tls"}) {
    const auto name = "parley_turn_streams_total{transport=\"" + std::string(transport) + "\"}";
    EXPECT_GE(metric(server.port(), name), 12) << name;
  }
}

TEST_F(Turn, ReservesPortsForRtcp) {
  // A token is known to the thread that gave it.
  const auto options = turn_options_for_peers_here(1);
  TestServer server(options);
  const auto peer_port = port_for_peer(options.relay.ports);
  Process peer({"turnutils_peer", "-L", "127.0.0.1", "-p", peer_port});
  const Load load = run_client(
      server.port(), {"-e", "127.0.0.1", "-r", peer_port, "-m", "2", "-n", "20", "-z", "5"});
  EXPECT_EQ(load.exit_status, 0) << load.output;
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
  const auto here = "127.0.0.1:" + std::to_string(server.port());
  std::vector<std::string> urls;
  for (const auto& url : offered.urls) urls.push_back(url.value());
  EXPECT_EQ(urls, (std::vector{"stun:" + here, "turn:" + here + "?transport=udp",
                               "turn:" + here + "?transport=tcp"}));
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
