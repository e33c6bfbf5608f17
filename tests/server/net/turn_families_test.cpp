// TURN between the address families (RFC 8656 section 7.2), over real sockets.
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>
#include <vector>

#include "tests/server/support/metrics.h"
#include "tests/server/support/process.h"
#include "tests/server/support/turnutils.h"

namespace parley::testing {
namespace {

const std::string ipv4 = "127.0.0.1";
const std::string ipv6 = "::1";

// Relays of both families, reached by both.
ServerOptions both_families() {
  auto options = turn_options_for_peers_here(2);
  options.host = "::";
  for (const auto& text : {ipv4, ipv6}) {
    const auto ip = *IpAddress::parse(text);
    options.relay.external.push_back({ip, ip});
  }
  return options;
}

TEST(TurnFamilies, ClientAndRelayMayBeOfEither) {
  const auto options = both_families();
  TestServer server(options);
  std::vector<std::future<Load>> loads;
  std::vector<std::string> names;
  const auto peer_port = port_for_peer(options.relay.ports);
  Process peer({"turnutils_peer", "-L", ipv4, "-L", ipv6, "-p", peer_port});
  for (const auto& client : {ipv4, ipv6}) {
    for (const auto& [relay, flag] : {std::pair(ipv4, "-X"), std::pair(ipv6, "-x")}) {
      for (const auto* transport : {"-c", "-ct"}) {  // UDP, TCP
        const std::vector<std::string> flags{transport, flag, "-e", relay, "-r", peer_port,
                                             "-m",      "2",  "-n", "20",  "-z", "5"};
        loads.push_back(std::async(std::launch::async, run_client, server.port(), flags, client));
        names.push_back(
            std::string(client).append(" to ").append(relay).append(" ").append(transport));
      }
    }
  }
  for (std::size_t at = 0; at < loads.size(); ++at) {
    const Load load = loads[at].get();
    EXPECT_EQ(load.exit_status, 0) << names[at] << load.output;
    EXPECT_EQ(load.number("tot_recv_msgs="), 40) << names[at] << load.output;
  }
  const std::uint64_t all = 40 * loads.size();
  EXPECT_EQ(metric(server.port(), "parley_turn_packets_total{to=\"client\"}"), all);
}

TEST(TurnFamilies, FamilyThatTheServerHasNotIsRefused) {
  auto options = both_families();
  options.relay.external.pop_back();
  TestServer server(options);
  const Load load = run_client(server.port(), {"-c", "-x", "-e", ipv6, "-r", "9", "-n", "1"}, ipv6);
  EXPECT_NE(load.exit_status, 0);
  EXPECT_GE(metric(server.port(), "parley_turn_refusals_total{code=\"440\"}"), 1u);
  EXPECT_EQ(metric(server.port(), "parley_turn_allocations_total"), 0u);
}

}  // namespace
}  // namespace parley::testing
