// Who talks to the TURN server: a 5-tuple (RFC 8656 section 3.1).
#pragma once

#include <cstdint>

#include "core/net/address.h"

namespace parley::turn {

enum class Transport : std::uint8_t { Udp, Tcp, Tls };

struct Client {
  Transport transport = Transport::Udp;
  TransportAddress local;   // of this server, as the client reached it
  TransportAddress remote;  // the client's, as seen from here
  // Tells streams apart whose addresses are the same (behind a proxy); the host's own number.
  std::uint64_t stream = 0;

  bool operator==(const Client&) const = default;
};

constexpr std::uint64_t hash_of(const Client& client, std::uint64_t seed) {
  const auto own = client.stream << 2 | static_cast<std::uint64_t>(client.transport);
  return hash_of(client.remote, hash_of(client.local, seed ^ own));
}

}  // namespace parley::turn
