// The time in which a call was awake.
//
// A laptop's lid, a page in the background and a frozen one all stop the page's timers, and often
// for an hour. A deadline that passed meanwhile says nothing: what it waits for may stand in the
// event queue behind the timer. So that time does not count, and for every deadline of a call at
// once: there is one clock.
//
// The sign is an input that comes much later than the call wanted its next Tick. All of them count,
// because after a sleep the browser hands over its events in no particular order.
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <algorithm>
#include <optional>

#include "core/base/fields.h"
#include "core/base/time.h"

namespace parley {

class AwakeClock {
 public:
  // Beyond what a busy page or a throttled timer (a second in the background) is late by.
  static constexpr Duration asleep_after = Duration::seconds(5);

  // For what waits in the event queue to be handed over before any deadline counts again.
  static constexpr Duration to_wake_up = Duration::seconds(1);

  // An input came at `host`, the next Tick being due at `due` (by this clock). True when the page
  // slept until now.
  //
  // Pages deep in the background get a timer a minute, with every Tick late. So each sleep must be
  // followed by a Tick that counts, or no deadline would ever pass.
  bool advance(Timestamp host, std::optional<Timestamp> due, bool is_tick) {
    host_ = std::max(host, host_);
    const bool sleeps = due && !is_waking_ && now() - *due > asleep_after;
    if (sleeps) slept_ = slept_ + (now() - *due) + to_wake_up;
    is_waking_ = sleeps || (is_waking_ && !is_tick);
    return sleeps;
  }

  Timestamp now() const { return host_ - slept_; }
  Timestamp to_host(Timestamp at) const { return at + slept_; }

  static constexpr auto fields() {
    return std::tuple(field("host", &AwakeClock::host_), field("slept", &AwakeClock::slept_),
                      field("isWaking", &AwakeClock::is_waking_));
  }

 private:
  Timestamp host_;
  Duration slept_;
  bool is_waking_ = false;  // no Tick has come since the last sleep
};

}  // namespace parley
