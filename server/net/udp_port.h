// The server's UDP port: one socket for each shard, all bound to the same address, among which the
// kernel spreads the clients by their addresses (SO_REUSEPORT).
//
// The first socket is bound without that option, so that a port which anybody holds is refused, a
// second server's as well; only then is it set, and the others join.
//
// Thread-safety: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/net/address.h"
#include "server/net/file_descriptor.h"

namespace parley {

struct UdpPort {
  TransportAddress address;  // as bound: the IP may be 0.0.0.0 or ::
  std::vector<FileDescriptor> sockets;
};

enum class UdpPortError : std::uint8_t { InUse, Other };

struct UdpPortProblem {
  UdpPortError kind;
  std::string sentence;  // for the operator
};

// `address` as TCP listens at it; :: takes IPv4, too.
Result<UdpPort, UdpPortProblem> open_udp_port(const TransportAddress& address, std::size_t sockets);

// The address from which the system would reach the Internet, per family; nothing is sent.
std::vector<IpAddress> outgoing_addresses();

}  // namespace parley
