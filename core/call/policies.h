// When a call tries again. Small objects without state of their own, so that another rule can take
// their place; all times are from these tables, with jitter from the call's seed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/random.h"
#include "core/base/time.h"

namespace parley {

// How long to wait before the next attempt to reach the server.
struct ReconnectPolicy {
  // Attempts without success after which a call that has not begun is given up: about seven
  // seconds.
  static constexpr std::uint32_t attempts_before_giving_up = 5;

  // `attempt` counts from 1. The first retry comes at once: most lost sockets are a network that
  // has changed and is there again. Half of each delay is jitter, so that the clients of a server
  // that restarts do not return together.
  static Duration delay(std::uint32_t attempt, Random& random) {
    constexpr std::array<std::int64_t, 6> milliseconds{0, 500, 1'000, 2'000, 4'000, 8'000};
    const auto index =
        std::min<std::size_t>(attempt == 0 ? 0 : attempt - 1, milliseconds.size() - 1);
    const auto whole = Duration::milliseconds(milliseconds[index]);
    return whole / 2 + random.below(whole / 2);
  }
};

// What to do about a path between two participants that does not work.
struct RecoveryPolicy {
  enum class Step : std::uint8_t { RestartIce, NewLink };

  // From the creation of a link to its first restart. A path through a relay over TCP takes about
  // two seconds where it is slow.
  static constexpr Duration connect_within = Duration::seconds(8);

  // A path that is `disconnected` often comes back by itself: browsers say so after about two and a
  // half seconds without an answer to a connectivity check.
  static constexpr Duration disconnected_grace = Duration::seconds(2);

  // Attempts after which the person is told that there is no way; trying goes on.
  static constexpr std::uint32_t attempts_before_failed = 5;

  // The later arrival of a pair goes first, so that both do not restart at once.
  static constexpr Duration yield = Duration::seconds(1);

  // ICE restarts keep the media flowing over whatever still works; where two of them do not help,
  // something in the connection itself may be broken.
  static Step step(std::uint32_t attempt) {
    return attempt <= 2 ? Step::RestartIce : Step::NewLink;
  }

  // From attempt number `attempt` (from 1) to the next.
  static Duration delay(std::uint32_t attempt) {
    constexpr std::array<std::int64_t, 5> seconds{5, 5, 8, 8, 15};
    return Duration::seconds(seconds[std::min<std::size_t>(attempt, seconds.size()) - 1]);
  }
};

}  // namespace parley
