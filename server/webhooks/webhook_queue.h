// Which webhooks are to be sent when, without I/O: the events of each room in their order, each
// until it was taken or has failed too often.
//
//     queue.add(room, body, now);
//     while (auto attempt = queue.next(now)) …   // send it, then delivered() or failed()
//     queue.next_timeout();                      // when to ask again
//
// A room's events are sent one after the other; those of several rooms at the same time, but no
// more than most_at_once. How many wait is bounded by whoever adds them; see WebhookTally.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/lean_queue.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/signaling/types.h"

namespace parley {

// When an event that was not taken is sent again.
struct WebhookRetries {
  // A receiver that is started anew is there again after some seconds, one that is being mended
  // after minutes. With the pauses below an event is given up after a quarter of an hour: what is
  // told later is of little use to whoever wants to know who is in a room.
  unsigned most_attempts = 12;
  Duration first_pause = Duration::seconds(1);  // twice as long after each failure
  Duration longest_pause = Duration::seconds(300);

  // Before the next attempt after so many (at least one) that failed. Half of it is jitter, so that
  // the events that a receiver missed do not come back together.
  Duration pause(unsigned failures, Random& random) const;
};

struct WebhookAttempt {
  RoomId room;
  std::shared_ptr<const std::string> body;
};

class WebhookQueue {
 public:
  // A receiver that needs a second for each has sixteen events a second, and is asked by no more
  // connections at a time than a small one can hold.
  static constexpr std::size_t most_at_once = 16;

  WebhookQueue(WebhookRetries retries, std::uint64_t seed) : retries_(retries), random_(seed) {}

  void add(const RoomId& room, std::string body, Timestamp now);

  // What is to be sent now, if anything. Each is answered by delivered() or failed().
  std::optional<WebhookAttempt> next(Timestamp now);

  // The receiver took what next() yielded for `room`.
  void delivered(const RoomId& room, Timestamp now);

  // It did not. Whether the event is given up.
  enum class Failure : std::uint8_t { TriedAgain, GivenUp };
  Failure failed(const RoomId& room, Timestamp now);

  // What has failed so far is sent again at once and as often as if it were new, because the
  // receiver is another one now.
  void forgive(Timestamp now);

  // Forgets the events that are not being sent. How many those were.
  std::size_t forget_waiting();

  // When next() will yield something; nothing while it cannot without another call before.
  std::optional<Timestamp> next_timeout() const;

 private:
  // The events of one room; there is at least one. While the first of them is being sent the lane
  // stands in no schedule.
  struct Lane {
    LeanQueue<std::shared_ptr<const std::string>> events;
    unsigned failures = 0;  // of the first
  };
  using Lanes = std::map<RoomId, Lane>;

  void forget_first(Lanes::iterator lane, Timestamp now);

  WebhookRetries retries_;
  Random random_;
  Lanes lanes_;
  std::set<std::pair<Timestamp, RoomId>> schedule_;  // what is due longest is first
  std::size_t being_sent_ = 0;
};

}  // namespace parley
