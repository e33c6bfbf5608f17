// What a machine has done, for the host's metrics: plain numbers.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/net/stun/errors.h"

namespace parley::turn {

// Why a packet of somebody with an allocation, or of a peer, goes nowhere.
enum class Drop : std::uint8_t {
  Malformed,
  NoAllocation,
  NoChannel,     // not bound, or its permission has expired
  NoPermission,  // for this peer
  Denied,        // a peer that is not allowed
  OverBandwidth,
  TooLarge,
};
constexpr auto names_of(Drop) {
  return std::array<std::string_view, 7>{"malformed",     "no-allocation", "no-channel",
                                         "no-permission", "denied",        "over-bandwidth",
                                         "too-large"};
}

struct Traffic {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;  // of payload

  void count(std::size_t size) {
    ++packets;
    bytes += size;
  }

  Traffic& operator+=(const Traffic& other) {
    packets += other.packets;
    bytes += other.bytes;
    return *this;
  }
};

struct Counters {
  std::uint64_t bindings = 0;  // STUN Binding requests answered
  std::uint64_t allocations_made = 0;
  std::uint64_t allocations_ended = 0;
  Traffic to_peers;
  Traffic to_clients;
  std::array<std::uint64_t, stun::error_facts.size()> refusals{};  // in their order
  std::array<std::uint64_t, names_of(Drop{}).size()> drops{};

  Counters& operator+=(const Counters& other) {
    bindings += other.bindings;
    allocations_made += other.allocations_made;
    allocations_ended += other.allocations_ended;
    to_peers += other.to_peers;
    to_clients += other.to_clients;
    for (std::size_t at = 0; at < refusals.size(); ++at) refusals[at] += other.refusals[at];
    for (std::size_t at = 0; at < drops.size(); ++at) drops[at] += other.drops[at];
    return *this;
  }
};

}  // namespace parley::turn
