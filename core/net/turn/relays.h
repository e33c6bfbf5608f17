// The relayed transport addresses of one machine: which ports of which addresses are in use, and by
// whom. Ports are shared out among the machines of a server by their number alone, so that each
// knows without asking whose a relayed address is.
//
// Thread-safety: none.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/random.h"
#include "core/base/slot_index.h"
#include "core/base/strong.h"
#include "core/net/address.h"

namespace parley::turn {

struct RelayTag;
// The number of a relay's socket; used again once it is closed.
using RelayId = Number<RelayTag>;

// An address that relays are bound to, and the one that the world knows it by: behind a 1:1 NAT
// they differ.
struct RelayAddress {
  IpAddress announced;
  IpAddress local;
};

struct PortRange {
  std::uint16_t first = 49152;  // RFC 8656 section 7.2: the dynamic ports
  std::uint16_t last = 65535;

  bool contains(std::uint16_t port) const { return first <= port && port <= last; }
};

// Which of several machines this is.
struct Share {
  unsigned index = 0;
  unsigned count = 1;

  // In pairs, so that a port and the next higher (EVEN-PORT) belong to the same machine.
  static unsigned of(std::uint16_t port, unsigned count) { return (port / 2U) % count; }
  bool has(std::uint16_t port) const { return of(port, count) == index; }
};

// The host's sockets. Opening is an immediate matter for it (bind), so it is asked right away: an
// allocation that waits for its port would be one more state of everything.
class RelaySockets {
 public:
  virtual ~RelaySockets() = default;
  // Opens a UDP socket bound to `local`; false where the system does not give it.
  virtual bool open(RelayId id, const TransportAddress& local) = 0;
  virtual void close(RelayId id) = 0;
};

struct Relay {
  std::size_t address = 0;         // index into Relays::addresses()
  std::uint16_t port = 0;          // 0: not in use
  std::optional<Slot> allocation;  // nothing while it is reserved
};

class Relays {
 public:
  Relays(RelaySockets& sockets, std::vector<RelayAddress> addresses, PortRange ports, Share share);

  const std::vector<RelayAddress>& addresses() const { return addresses_; }

  // Which address a client gets that reached this server at `reached`: that one where relays are
  // there, else the first of the family.
  std::optional<std::size_t> address_for(AddressFamily family, const IpAddress& reached) const;

  enum class Parity : std::uint8_t { Any, Even };

  // Opens a relay on a random port of this machine's share (RFC 8656 section 7.2: an attacker is
  // not to guess it). Nothing where no free one was found.
  std::optional<RelayId> open(std::size_t address, Parity parity, Random& random);

  // Opens a pair: an even port and the next higher.
  struct Pair {
    RelayId even;
    RelayId odd;
  };
  std::optional<Pair> open_pair(std::size_t address, Random& random);

  void close(RelayId id);

  Relay& at(RelayId id) { return relays_[id.value()]; }
  const Relay& at(RelayId id) const { return relays_[id.value()]; }
  bool is_open(RelayId id) const { return id.value() < relays_.size() && at(id).port != 0; }

  // As the world knows it.
  TransportAddress announced(RelayId id) const;

  // The relay at an announced or local address; only ports of this machine's share.
  std::optional<RelayId> find(const TransportAddress& address) const;

  // Whether the address is one that relays of this server (any machine) have.
  bool is_own(const IpAddress& ip) const;

  const PortRange& ports() const { return ports_; }
  const Share& share() const { return share_; }

 private:
  std::optional<std::uint16_t> draw_port(Parity parity, Random& random) const;
  std::optional<RelayId> try_open(std::size_t address, std::uint16_t port);
  std::uint32_t& holder(std::size_t address, std::uint16_t port);

  RelaySockets& sockets_;
  std::vector<RelayAddress> addresses_;
  PortRange ports_;
  Share share_;
  std::vector<Relay> relays_;
  std::vector<RelayId> free_;
  std::vector<std::vector<std::uint32_t>> by_port_;  // of each address: 1 + the relay's id
};

}  // namespace parley::turn
