// One direction of a link: packets go in, and come out later or never. It keeps their order, as
// real links nearly always do: jitter holds back what follows, too.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "core/base/random.h"
#include "core/base/time.h"
#include "tests/netlab/forwarder/packet.h"

namespace parley::netlab {

// What a direction does to its packets.
struct Conditions {
  Duration delay{};
  Duration jitter{};                   // each packet takes up to this much longer
  std::uint32_t lost_per_million = 0;  // packets, by a seeded generator
  std::uint64_t bits_per_second = 0;   // 0: no limit
  bool is_open = true;                 // otherwise whatever is offered is dropped
};

// What became of the packets offered so far.
struct Counters {
  std::uint64_t delivered = 0;
  std::uint64_t lost = 0;       // by lost_per_million
  std::uint64_t refused = 0;    // while closed
  std::uint64_t overflown = 0;  // the queue was full
};

class Channel {
 public:
  // About a second of video at 10 Mbit/s; what a home router queues at most.
  static constexpr std::size_t longest_queue = 1'000;

  explicit Channel(std::uint64_t seed) : random_(seed) {}

  const Conditions& conditions() const { return conditions_; }
  // Holds for what is offered from now on.
  void set(const Conditions& conditions) { conditions_ = conditions; }

  void offer(Packet packet, Timestamp now);

  // When the next packet comes out; nothing when none is on its way.
  std::optional<Timestamp> next_due() const;
  // Precondition: next_due().
  Packet take();

  const Counters& counters() const { return counters_; }

 private:
  struct Travelling {
    Timestamp due;
    Packet packet;
  };

  Conditions conditions_;
  Counters counters_;
  Random random_;
  std::deque<Travelling> queue_;
  Timestamp sender_is_free_;  // the last bit before is out, by bits_per_second
};

}  // namespace parley::netlab
