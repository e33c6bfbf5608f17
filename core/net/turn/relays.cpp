#include "core/net/turn/relays.h"

#include <algorithm>

namespace parley::turn {
namespace {

// Attempts to find a free port before the client is told that there is none. With nine of ten ports
// taken, one in a thousand requests is refused.
constexpr int attempts = 64;

}  // namespace

Relays::Relays(RelaySockets& sockets, std::vector<RelayAddress> addresses, PortRange ports,
               Share share)
    : sockets_(sockets),
      addresses_(std::move(addresses)),
      ports_(ports),
      share_(share),
      by_port_(addresses_.size(),
               std::vector<std::uint32_t>(std::size_t{ports.last} - ports.first + 1)) {}

std::optional<std::size_t> Relays::address_for(AddressFamily family,
                                               const IpAddress& reached) const {
  std::optional<std::size_t> first;
  for (std::size_t at = 0; at < addresses_.size(); ++at) {
    if (addresses_[at].announced.family() != family) continue;
    if (addresses_[at].local == reached || addresses_[at].announced == reached) return at;
    if (!first) first = at;
  }
  return first;
}

std::uint32_t& Relays::holder(std::size_t address, std::uint16_t port) {
  return by_port_[address][static_cast<std::size_t>(port - ports_.first)];
}

std::optional<std::uint16_t> Relays::draw_port(Parity parity, Random& random) const {
  const unsigned first_pair = ports_.first / 2U;
  const unsigned pairs = ports_.last / 2U - first_pair + 1;
  const unsigned offset = (share_.index + share_.count - first_pair % share_.count) % share_.count;
  if (offset >= pairs) return std::nullopt;
  const unsigned mine = (pairs - offset + share_.count - 1) / share_.count;
  const auto pair = first_pair + offset + share_.count * static_cast<unsigned>(random.below(mine));
  const auto odd = parity == Parity::Even ? 0U : static_cast<unsigned>(random.below(2));
  const auto port = static_cast<std::uint16_t>(2 * pair + odd);
  return ports_.contains(port) && port != 0 ? std::optional(port) : std::nullopt;
}

std::optional<RelayId> Relays::try_open(std::size_t address, std::uint16_t port) {
  if (!ports_.contains(port) || holder(address, port) != 0) return std::nullopt;
  const RelayId id =
      free_.empty() ? RelayId(static_cast<RelayId::Representation>(relays_.size())) : free_.back();
  if (!sockets_.open(id, {addresses_[address].local, port})) return std::nullopt;
  if (free_.empty()) {
    relays_.emplace_back();
  } else {
    free_.pop_back();
  }
  at(id) = {address, port, std::nullopt};
  holder(address, port) = id.value() + 1;
  return id;
}

std::optional<RelayId> Relays::open(std::size_t address, Parity parity, Random& random) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const auto port = draw_port(parity, random);
    if (!port) continue;
    if (const auto id = try_open(address, *port)) return id;
  }
  return std::nullopt;
}

std::optional<Relays::Pair> Relays::open_pair(std::size_t address, Random& random) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    const auto port = draw_port(Parity::Even, random);
    if (!port || *port == ports_.last) continue;
    const auto even = try_open(address, *port);
    if (!even) continue;
    const auto odd = try_open(address, static_cast<std::uint16_t>(*port + 1));
    if (odd) return Pair{*even, *odd};
    close(*even);
  }
  return std::nullopt;
}

void Relays::close(RelayId id) {
  holder(at(id).address, at(id).port) = 0;
  at(id) = {};
  free_.push_back(id);
  sockets_.close(id);
}

TransportAddress Relays::announced(RelayId id) const {
  return {addresses_[at(id).address].announced, at(id).port};
}

std::optional<RelayId> Relays::find(const TransportAddress& address) const {
  if (!ports_.contains(address.port)) return std::nullopt;
  for (std::size_t index = 0; index < addresses_.size(); ++index) {
    if (addresses_[index].announced != address.ip && addresses_[index].local != address.ip) {
      continue;
    }
    const auto held = by_port_[index][static_cast<std::size_t>(address.port - ports_.first)];
    if (held != 0) return RelayId(held - 1);
  }
  return std::nullopt;
}

bool Relays::is_own(const IpAddress& ip) const {
  return std::ranges::any_of(addresses_, [&](const RelayAddress& each) {
    return each.announced == ip || each.local == ip;
  });
}

}  // namespace parley::turn
