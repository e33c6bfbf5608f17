// Which program has a port.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace parley {

enum class PortKind : std::uint8_t { Tcp, Udp };

// The name of a program that listens on `port`, whatever the address. Nothing where there is none
// or where this user may not see whose it is. Linux's /proc. Any thread.
std::optional<std::string> owner_of_port(PortKind kind, std::uint16_t port);

}  // namespace parley
