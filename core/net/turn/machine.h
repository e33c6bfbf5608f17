// The TURN server (RFC 8656, with STUN's Binding of RFC 8489) without I/O. The host feeds it what
// its sockets receive; each packet leads to at most one action, which is the answer:
//
//     const Action action = machine.from_client(client, packet, now);
//     machine.from_peer(relay, peer, packet, now);
//     machine.next_timeout();      // when to call tick()
//
// ChannelData and indications are relayed without allocating memory and without copying the
// payload: framing is taken off and written in place.
//
// How large answers to strangers get: who is not authenticated gets at most three times the bytes
// of its request, or 88 where that is more: the header (20), ERROR-CODE (8), REALM (12), NONCE (36)
// and PASSWORD-ALGORITHMS (12); FINGERPRINT (8) is added only where the request had one. Each of
// these is a MUST of RFC 8489 section 9.2.4 in a 401, so that a forged request of 20 bytes is
// worth 4.4 times itself, or 2.4 times with the headers of IP and UDP. A Binding's answer is at
// most 44 bytes. Nothing is sent to anybody's peer for an unauthenticated client, and nothing that
// is malformed is answered.
//
// Thread-safety: none; one for each thread, each with its share of the ports.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/network.h"
#include "core/net/stun/cryptography.h"
#include "core/net/stun/reader.h"
#include "core/net/stun/writer.h"
#include "core/net/turn/actions.h"
#include "core/net/turn/allocation.h"
#include "core/net/turn/authenticator.h"
#include "core/net/turn/counters.h"
#include "core/net/turn/peer_policy.h"
#include "core/net/turn/quota.h"
#include "core/net/turn/relays.h"

namespace parley::turn {

struct MachineOptions {
  std::vector<RelayAddress> relay_addresses;  // empty: only Binding is answered
  PortRange ports;
  Share share;
  std::vector<IpNetwork> allowed_peers;
  std::string secret;      // of the credentials, see rest_credentials.h
  std::string nonce_key;   // 32 secret bytes
  std::uint64_t seed = 0;  // secret, too
  Rate bandwidth;          // bytes of one allocation, each way
};

class Machine {
 public:
  // RFC 8656 section 3.2: the least a client may count on, and what it gets by default.
  static constexpr Duration default_lifetime = Duration::seconds(600);
  static constexpr Duration longest_lifetime = Duration::seconds(3600);
  // However often it is refreshed: credentials that have expired hold no relay for ever.
  static constexpr Duration longest_life = Duration::seconds(24 * 3600);
  // RFC 8656 section 7.2
  static constexpr Duration reservation_lifetime = Duration::seconds(30);

  // All of them must outlive the machine.
  struct Host {
    RelaySockets& sockets;
    stun::Cryptography& cryptography;
    Quota& quota;
  };

  Machine(Host host, MachineOptions options);

  // Seconds since 1970, for the expiry of credentials. Call it before the first request, and then
  // now and then, as the clock may be set.
  void set_wall_clock(std::int64_t seconds, Timestamp now);

  // A datagram or a whole frame of a stream.
  Action from_client(const Client& client, Packet packet, Timestamp now);

  // A datagram that the socket of `relay` received.
  Action from_peer(RelayId relay, const TransportAddress& peer, Packet packet, Timestamp now);

  // What another machine's ToSibling carried.
  Action from_sibling(const TransportAddress& relayed, const TransportAddress& from, Packet packet,
                      Timestamp now);

  // A client's stream has ended, and its allocation with it (RFC 8656 section 7).
  void on_client_gone(const Client& client);

  void tick(Timestamp now);
  std::optional<Timestamp> next_timeout() const;

  bool has_allocation(const Client& client) const { return allocations_.find(client).has_value(); }
  std::size_t allocation_count() const { return allocations_.count(); }
  const Counters& counters() const { return counters_; }

 private:
  // An authenticated request (or a Binding, then without an identity).
  struct Request {
    const Client& client;
    const stun::Message& message;
    const Identity& identity;
    std::optional<Slot> slot;
    Timestamp now;
  };
  // Writes what a success response holds beyond its header and integrity; nothing: success.
  using Handler = std::optional<stun::ErrorCode> (Machine::*)(const Request&,
                                                              stun::Writer& success);
  struct Method {
    stun::Method method;
    Handler handler;
  };
  static const std::array<Method, 4> methods;

  struct Reservation {
    ReservationToken token;
    RelayId relay;
    Timestamp until;
  };

  // --- Requests: machine_requests.cpp, machine_allocate.cpp ------------------------------------
  Action answer(const Client& client, const stun::Message& request, Timestamp now);
  Action answer_binding(const Client& client, const stun::Message& request);
  Action refuse(const Client& client, const stun::Message& request, const Identity* identity,
                stun::ErrorCode code, Timestamp now);
  Action finish(const Client& client, const stun::Message& request, const Identity* identity,
                stun::Writer& response);
  std::optional<stun::ErrorCode> allocate(const Request& request, stun::Writer& success);
  std::optional<stun::ErrorCode> refresh(const Request& request, stun::Writer& success);
  std::optional<stun::ErrorCode> create_permission(const Request& request, stun::Writer& success);
  std::optional<stun::ErrorCode> bind_channel(const Request& request, stun::Writer& success);

  struct Wish;  // what an Allocate request asks for
  std::optional<stun::ErrorCode> read_wish(const Request& request, Wish& wish) const;
  std::optional<stun::ErrorCode> open_relays(const Request& request, const Wish& wish,
                                             Allocation& allocation);
  std::optional<RelayId> take_reserved(const ReservationToken& token, Timestamp now);
  void describe(const Allocation& allocation, stun::Writer& success) const;
  std::optional<stun::ErrorCode> check_peer(const Allocation& allocation,
                                            const TransportAddress& peer) const;
  Route route_to(const TransportAddress& peer) const;
  bool is_own_service(const TransportAddress& peer, Route route) const;
  Duration lifetime_of(const stun::Message& request, Timestamp made, Timestamp now) const;
  void set_expiry(Slot slot, Timestamp expires);
  void end(Slot slot);

  // --- Data: machine_data.cpp ------------------------------------------------------------------
  Action from_channel(const Client& client, Packet packet, Timestamp now);
  Action from_send(const Client& client, Packet packet, Timestamp now);
  Action forward(Allocation& allocation, const TransportAddress& peer, Route route, Packet payload,
                 Timestamp now);
  Action deliver(Allocation& allocation, const TransportAddress& peer, Packet payload,
                 Timestamp now);
  Action drop(Drop reason);

  Host host_;
  MachineOptions options_;
  Random random_;
  Authenticator authenticator_;
  PeerPolicy policy_;
  Relays relays_;
  Allocations allocations_;
  std::set<std::pair<Timestamp, Slot>> expiries_;  // each allocation once
  std::vector<Reservation> reservations_;          // in order of time
  Duration wall_clock_offset_;                     // wall clock minus Timestamp
  Counters counters_;
  // The longest answer is a 420 that names many attributes; see refuse().
  std::array<std::uint8_t, 512> answer_{};
};

}  // namespace parley::turn
