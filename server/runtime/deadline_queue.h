// Deadlines that all lie the same span ahead when they are set, for many connections with one
// timer. Deadlines are never taken back: the connection is asked when its time comes and knows
// whether it still matters.
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <chrono>
#include <deque>
#include <functional>

#include "core/signaling/room.h"
#include "server/runtime/asio.h"

namespace parley {

class DeadlineQueue {
 public:
  using Clock = std::chrono::steady_clock;

  DeadlineQueue(asio::io_context& context, Clock::duration span,
                std::function<void(ConnectionId)> on_due)
      : timer_(context), span_(span), on_due_(std::move(on_due)) {}

  void add(ConnectionId connection);

 private:
  struct Deadline {
    Clock::time_point at;
    ConnectionId connection;
  };

  void arm();
  void on_timer();

  Timer timer_;
  Clock::duration span_;
  std::function<void(ConnectionId)> on_due_;
  std::deque<Deadline> deadlines_;  // in order of time, because the span is always the same
};

}  // namespace parley
