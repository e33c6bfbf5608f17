// What a shard has done with the TURN server's clients on TCP and TLS: plain numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parley {

enum class TurnStreamEnding : std::uint8_t {
  ByClient,   // in good order
  Lost,       // the connection broke
  Malformed,  // sent what is neither STUN nor ChannelData
  Idle,       // had no allocation for Timeouts::turn_stream_idle
  Unread,     // did not read the answers to its requests
};
constexpr auto names_of(TurnStreamEnding) {
  return std::array<std::string_view, 5>{"by-client", "lost", "malformed", "idle", "unread"};
}

// Why a packet of such a client, or for it, was lost.
enum class TurnStreamDrop : std::uint8_t {
  Unread,  // as much waited already as may
  TooLong,
};
constexpr auto names_of(TurnStreamDrop) {
  return std::array<std::string_view, 2>{"unread", "too-long"};
}

struct TurnStreamCounters {
  std::uint64_t opened_tcp = 0;
  std::uint64_t opened_tls = 0;
  std::uint64_t open = 0;  // of the moment
  std::array<std::uint64_t, names_of(TurnStreamEnding{}).size()> endings{};
  std::array<std::uint64_t, names_of(TurnStreamDrop{}).size()> drops{};

  TurnStreamCounters& operator+=(const TurnStreamCounters& other) {
    opened_tcp += other.opened_tcp;
    opened_tls += other.opened_tls;
    open += other.open;
    for (std::size_t at = 0; at < endings.size(); ++at) endings[at] += other.endings[at];
    for (std::size_t at = 0; at < drops.size(); ++at) drops[at] += other.drops[at];
    return *this;
  }
};

}  // namespace parley
