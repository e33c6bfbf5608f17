#include "tests/server/support/turnutils.h"

#include <gtest/gtest.h>

#include <iostream>

#include "server/net/socket_address.h"
#include "server/net/udp_port.h"
#include "tests/server/support/process.h"

namespace parley::testing {

ServerOptions turn_options(unsigned threads) {
  ServerOptions options = test_options();
  options.threads = threads;
  options.relay.turn = OwnTurn::On;
  options.turn.secret.bytes = "north";
  return options;
}

ServerOptions turn_options_for_peers_here(unsigned threads) {
  auto options = turn_options(threads);
  options.relay.allowed_peers = {*IpNetwork::parse("127.0.0.0/8"), *IpNetwork::parse("::1/128")};
  return options;
}

std::uint16_t free_udp_port() {
  const auto port = open_udp_port(*TransportAddress::parse("127.0.0.1:0"), 1);
  EXPECT_TRUE(port);
  SocketAddress name{};
  socklen_t size = sizeof name;
  getsockname(port->sockets.front().get(), &name.any, &size);
  return from_socket_address(name).port;
}

std::string port_for_peer(const turn::PortRange& relays, const std::string& host) {
  constexpr int attempts = 1000;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const std::uint16_t port = free_udp_port();
    const auto next = static_cast<std::uint16_t>(port + 1);
    if (relays.contains(port) || relays.contains(next) || next == 0) continue;
    const auto ip = *IpAddress::parse(host);
    if (open_udp_port({ip, port}, 1) && open_udp_port({ip, next}, 1)) return std::to_string(port);
  }
  ADD_FAILURE() << "no free ports outside the relays' range";
  return "0";
}

long Load::number(const std::string& label) const {
  const auto at = output.rfind(label);
  return at == std::string::npos ? -1 : std::stol(output.substr(at + label.size()));
}

namespace {

Load run_once(const std::vector<std::string>& command) {
  Process client(command);
  Load load;
  load.exit_status = client.wait();
  load.output = client.output();
  return load;
}

}  // namespace

Load run_client(std::uint16_t port, std::vector<std::string> more, const std::string& host) {
  std::vector<std::string> command{"turnutils_uclient", "-W", "north", "-u", "ana", "-p",
                                   std::to_string(port)};
  command.insert(command.end(), more.begin(), more.end());
  command.push_back(host);
  Load load = run_once(command);
  // For each allocation it binds two channels, of numbers that it draws from 16,384, and ends where
  // the second is the first again: a number is for one peer (RFC 8656 section 12.2). That is no
  // chance where it comes twice in a row.
  if (load.output.find("channel bind: error 400") != std::string::npos) {
    std::cout << "turnutils_uclient was refused a channel, and is run once more\n";
    load = run_once(command);
  }
  return load;
}

}  // namespace parley::testing
