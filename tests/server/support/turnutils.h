// A server with TURN, and coturn's clients against it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/server/support/test_server.h"

namespace parley::testing {

// With the secret "north".
ServerOptions turn_options(unsigned threads);

// The same with peers on this machine.
ServerOptions turn_options_for_peers_here(unsigned threads);

// A UDP port of 127.0.0.1 that nobody has at the moment.
std::uint16_t free_udp_port();

// Where turnutils_peer can listen: on that port and the next. Neither may be one of the relays', to
// which the server itself delivers what is for its own address and their range, and the system
// draws free ports from a range that overlaps theirs.
std::string port_for_peer(const turn::PortRange& relays, const std::string& host = "127.0.0.1");

// The number behind `name` in the server's metrics; -1 where it is not there.
long metric(std::uint16_t port, const std::string& name);

struct Load {
  int exit_status = -1;
  std::string output;

  // What is printed last behind `label`; -1 where nothing is.
  long number(const std::string& label) const;
};

// turnutils_uclient with the server's secret, to a server on `host`.
Load run_client(std::uint16_t port, std::vector<std::string> more,
                const std::string& host = "127.0.0.1");

}  // namespace parley::testing
