// The parts of RelayOptions that are more than a number, as an operator writes them.
//
// Thread-safety: any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/net/turn/relays.h"

namespace parley {

// "203.0.113.5", or "203.0.113.5/10.0.0.5" where a NAT has the first and this machine the second.
// Both of one family. Without the second, `local` is the unspecified address.
std::optional<turn::RelayAddress> parse_external_address(std::string_view text);

// "49152-65535"
std::optional<turn::PortRange> parse_port_range(std::string_view text);

}  // namespace parley
