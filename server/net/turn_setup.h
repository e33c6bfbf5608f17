// Gives every shard its part of the server's own TURN service.
#pragma once

#include <cstdint>
#include <optional>

#include "server/net/udp_port.h"
#include "server/runtime/service.h"

namespace parley {

// Where relays are bound, and what they are announced as; `listening` is the address that the server
// listens on.
std::vector<turn::RelayAddress> relay_addresses(const RelayOptions& options,
                                                const IpAddress& listening);

// Whether nobody beyond this machine's own networks can reach any of them.
bool reaches_only_inside(const std::vector<turn::RelayAddress>& addresses);

// Opens the UDP port and sets up the shards. Call it before they start, from one thread. Nothing
// where the options say so. What is returned went wrong.
std::optional<UdpPortProblem> set_up_turn(Service& service, std::uint16_t port);

}  // namespace parley
