// How much of the server one address and one connection may use. The defaults let a school with 200
// pupils behind one address join at the same minute, and come back all at once after a restart of
// the server: see the figure at each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/token_bucket.h"

namespace parley {

// What an address holds for as long as it wants.
enum class Held : std::uint8_t { Connections, Websockets };

// What flows.
enum class Flow : std::uint8_t { Connections, Websockets, Requests, Joins, Rooms, Messages, Bytes };

// Why something was refused: a limit that was reached. Stable names, for metrics and clients.
enum class LimitReason : std::uint8_t {
  // In order of Held.
  ConnectionsHeld,
  WebsocketsHeld,
  // In order of Flow.
  Connections,
  Websockets,
  Requests,
  Joins,
  Rooms,
  Messages,
  Bytes,
  // One connection's.
  ConnectionJoins,
  ConnectionMessages,
  ConnectionBytes,
  // As many addresses as the table holds have connections open.
  Addresses,
};
constexpr auto names_of(LimitReason) {
  return std::array<std::string_view, 13>{"connections-held",
                                          "websockets-held",
                                          "connections",
                                          "websockets",
                                          "requests",
                                          "joins",
                                          "rooms",
                                          "messages",
                                          "bytes",
                                          "connection-joins",
                                          "connection-messages",
                                          "connection-bytes",
                                          "addresses"};
}

constexpr LimitReason reason_of(Held held) {
  return static_cast<LimitReason>(static_cast<std::size_t>(held));
}
constexpr LimitReason reason_of(Flow flow) {
  return static_cast<LimitReason>(static_cast<std::size_t>(LimitReason::Connections) +
                                  static_cast<std::size_t>(flow));
}

struct Denial {
  LimitReason reason;
  Duration retry_after;  // when it may work again
};

// Of one IPv4 address, or of one IPv6 /64: a home or a server has at least all of that (RFC 6177).
struct AddressLimits {
  // A browser opens up to six connections to load a page, beside its WebSocket: 200 × 7, and as
  // much again for those that are on their way out. 0: no cap.
  std::array<std::uint32_t, 2> held{3'000, 1'000};

  std::array<Rate, 7> flows{{
      {100, 3'000},  // connections
      {50, 1'000},   // WebSockets: everybody comes back at once, and tries a few times
      // HTTP requests: 200 who load the page, 10 requests each, and do so again twice, and a
      // WebSocket of each, tried a few times: 200 × (3 × 10 + 5), and some on top. Who keeps no
      // connection open needs one for each request, so that their rates are the same.
      {100, 10'000},
      {20, 1'000},            // joins, likewise
      {5, 300},               // rooms made: everybody has one of their own
      {5'000, 100'000},       // messages: 200 who join calls of four send 100 each in a second
      {4 << 20, 128U << 20},  // bytes: of these, 200 × 3 offers of 12 KiB and 200 × 60 candidates
  }};

  std::uint32_t most(Held which) const { return held[static_cast<std::size_t>(which)]; }
  Rate rate(Flow which) const { return flows[static_cast<std::size_t>(which)]; }
  std::uint32_t& most(Held which) { return held[static_cast<std::size_t>(which)]; }
  Rate& rate(Flow which) { return flows[static_cast<std::size_t>(which)]; }
};

// Of one WebSocket.
struct ConnectionLimits {
  // Who joins 31 others in a mesh sends each an offer and about twenty candidates: 650 messages and
  // 600 KiB at once, or 1.5 MiB where offers are as large as they may be.
  Rate messages{200, 3'000};
  Rate bytes{512 << 10, 4 << 20};
  // Somebody who goes from room to room by hand.
  Rate joins{1, 20};
};

}  // namespace parley
