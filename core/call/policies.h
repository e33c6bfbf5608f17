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
  // A person who waits for a call to begin is told after about seven seconds that it will not; one
  // who is in a call waits with it for minutes, because the others do, too.
  static bool gives_up(std::uint32_t attempts, bool is_in_call) {
    constexpr std::uint32_t before_a_call = 8;
    constexpr std::uint32_t in_a_call = 100;
    return attempts >= (is_in_call ? in_a_call : before_a_call);
  }

  // `attempt` counts from 1. The first retry comes at once: most lost sockets are a network that
  // has changed and is there again. Then at most 1.5 s for the first minute, so that a server that
  // was started anew has everybody back within two; after that more seldom. Half of each delay is
  // jitter, so that the clients of such a server do not return together.
  static Duration delay(std::uint32_t attempt, Random& random) {
    constexpr std::array<std::int64_t, 5> milliseconds{0, 300, 600, 1'000, 1'500};
    constexpr std::uint32_t frequent = 45;
    const auto index =
        std::min<std::size_t>(attempt == 0 ? 0 : attempt - 1, milliseconds.size() - 1);
    return jittered(Duration::milliseconds(attempt <= frequent ? milliseconds[index] : 5'000),
                    random);
  }

  // For how long an attempt is alone before another is begun beside it, which ends the one before.
  // A socket that was begun on a network that is dying may never open, and says nothing; the first
  // one sends its packets again often enough by itself. After a few of them the network is slow
  // rather than dead: a mobile one that wakes up takes three to five seconds.
  static constexpr Duration patience(std::uint32_t attempt) {
    constexpr std::uint32_t impatient = 10;
    if (attempt == 1) return Duration::seconds(4);
    return attempt <= impatient ? Duration::seconds(2) : Duration::seconds(5);
  }

  // A server that wants its clients back later than this is as good as gone.
  static constexpr Duration longest_return = Duration::seconds(60);

  // After the server said that it is shutting down, and nothing of when it will be there again: it
  // needs a moment, and does not want everybody at once.
  static Duration delay_after_shutdown(Random& random) {
    return jittered(Duration::milliseconds(1'500), random);
  }

 private:
  static Duration jittered(Duration whole, Random& random) {
    return whole / 2 + random.below(whole / 2);
  }
};

// What to do about a path between two participants that does not work.
struct RecoveryPolicy {
  enum class Step : std::uint8_t { RestartIce, RestartOverRelay, NewLink };

  // From the creation of a link to its first restart. A path through a relay over TCP takes about
  // two seconds where it is slow.
  static constexpr Duration connect_within = Duration::seconds(8);

  // A path that is `disconnected` often comes back by itself: browsers say so after about two and a
  // half seconds without an answer to a connectivity check.
  static constexpr Duration disconnected_grace = Duration::seconds(2);

  // Packets come every 20 ms while a microphone is open, so that a second without one is a path
  // that is dead or nearly; browsers themselves notice after three to five.
  static constexpr Duration silent_after = Duration::seconds(1);

  // Attempts after which the person is told that there is no way; trying goes on.
  static constexpr std::uint32_t attempts_before_failed = 5;

  // The later arrival of a pair goes first, so that both do not begin at once: the time its offer
  // takes to be made and to arrive.
  static constexpr Duration yield = Duration::milliseconds(500);

  // What has carried media gets a successor at once: a new connection gathers from the networks
  // that are there now, in every browser, while Chromium clings to its old pair of candidates for
  // some three seconds even where a restart has found another. What has not been connected yet is
  // tried with fresh candidates; a network that swallows direct packets after a while may let those
  // to a relay pass; after that something in the connection itself may be broken.
  static Step step(std::uint32_t attempt, bool was_connected, bool has_relay) {
    if (was_connected) return Step::NewLink;
    if (attempt <= 2) return Step::RestartIce;
    return attempt == 3 && has_relay ? Step::RestartOverRelay : Step::NewLink;
  }

  // From attempt number `attempt` (from 1) to the next. A quarter of it is jitter, so that a crowd
  // whose network broke at one moment does not mend at one moment.
  static Duration delay(std::uint32_t attempt, Random& random) {
    constexpr std::array<std::int64_t, 5> seconds{5, 5, 8, 8, 15};
    const auto whole =
        Duration::seconds(seconds[std::min<std::size_t>(attempt, seconds.size()) - 1]);
    return whole / 4 * 3 + random.below(whole / 4);
  }
};

}  // namespace parley
