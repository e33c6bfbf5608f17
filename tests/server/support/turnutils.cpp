#include "tests/server/support/turnutils.h"

#include <gtest/gtest.h>

#include "server/net/socket_address.h"
#include "server/net/udp_port.h"
#include "tests/server/support/http_client.h"
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

long metric(std::uint16_t port, const std::string& name) {
  auto response = fetch(port, "/metrics");
  if (response.status != 200) {  // a server with TLS sends it elsewhere
    TcpClient client(port);
    EXPECT_TRUE(client.start_tls());
    client.send(request("GET", "/metrics"));
    response = read_response(client);
  }
  const std::string text = "\n" + response.body;
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stol(text.substr(at + name.size() + 2));
}

long Load::number(const std::string& label) const {
  const auto at = output.rfind(label);
  return at == std::string::npos ? -1 : std::stol(output.substr(at + label.size()));
}

Load run_client(std::uint16_t port, std::vector<std::string> more, const std::string& host) {
  std::vector<std::string> command{"turnutils_uclient", "-W", "north", "-u", "ana", "-p",
                                   std::to_string(port)};
  command.insert(command.end(), more.begin(), more.end());
  command.push_back(host);
  Process client(std::move(command));
  Load load;
  load.exit_status = client.wait();
  load.output = client.output();
  return load;
}

}  // namespace parley::testing
