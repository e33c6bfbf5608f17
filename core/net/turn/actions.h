// What comes into the TURN machine and what it wants done with it. Bytes are views into the packet
// that came in, or into the machine's own buffer for an answer: they are good until the next call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>

#include "core/net/bytes.h"
#include "core/net/turn/client.h"
#include "core/net/turn/relays.h"

namespace parley::turn {

// Writable bytes that every packet has before and behind it, so that framing is written around the
// payload where it lies: at most a Data indication's header (20), XOR-PEER-ADDRESS (24) and the
// header of DATA (4) before, and padding behind.
inline constexpr std::size_t headroom = 64;
inline constexpr std::size_t tailroom = 4;

// A packet in the host's buffer. Precondition: headroom and tailroom are there.
struct Packet {
  std::uint8_t* data = nullptr;
  std::size_t size = 0;

  Bytes bytes() const { return {data, size}; }
};

namespace action {

struct Nothing {};

// Send from the relay's socket.
struct ToPeer {
  RelayId relay;
  TransportAddress peer;
  Bytes bytes;
};

// What a client gets. Over a stream it makes a difference to a host that has no room: a packet may
// be lost, but nobody repeats a request there (RFC 8489 section 6.2.2).
enum class Content : std::uint8_t { Payload, Answer };

struct ToClient {
  Client client;
  Bytes bytes;
  Content content = Content::Payload;
};

// A payload for a relayed address of this server that another machine owns (see Share): hand it to
// that machine's from_sibling().
struct ToSibling {
  unsigned share = 0;
  TransportAddress relayed;
  TransportAddress from;
  Packet payload;
};

}  // namespace action

using Action = std::variant<action::Nothing, action::ToPeer, action::ToClient, action::ToSibling>;

}  // namespace parley::turn
