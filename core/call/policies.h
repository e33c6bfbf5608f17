// When a call tries again, and how. Plain values, so that a test or a page with other needs can put
// its own in their place (CallOptions); what is here are the defaults. Jitter comes from the call's
// seed.
//
// Thread-safety: as that of any value.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/fields.h"
#include "core/base/random.h"
#include "core/base/time.h"

namespace parley {

// How long to wait before the next attempt to reach the server.
struct ReconnectPolicy {
  // Attempts after which a call is given up. A person who waits for a call to begin is told after
  // about eight seconds that it will not; one who is in a call waits with it for minutes, because
  // the others do, too.
  std::uint32_t attempts_before_a_call = 8;
  std::uint32_t attempts_in_a_call = 100;

  // The first retry comes at once: most lost sockets are a network that has changed and is there
  // again. The second comes at any moment of this time, and then one in each for a minute. So all
  // who lost a server at one moment return evenly over it, however long that server was away, and
  // within two seconds.
  Duration spread = Duration::milliseconds(1'500);
  std::uint32_t frequent_attempts = 45;  // about a minute of them
  Duration pause_after_frequent = Duration::seconds(5);

  // For how long an attempt is alone before another is begun beside it, which ends the one before.
  // A socket that was begun on a network that is dying may never open, and says nothing; the first
  // one sends its packets again often enough by itself. After a few of them the network is slow
  // rather than dead: a mobile one that wakes up takes three to five seconds.
  Duration first_patience = Duration::seconds(4);
  Duration short_patience = Duration::seconds(2);
  Duration long_patience = Duration::seconds(5);
  std::uint32_t impatient_attempts = 10;

  // A server that wants its clients back later than this is as good as gone.
  Duration longest_return = Duration::seconds(60);

  // After the server said that it is shutting down, and nothing of when it will be there again: it
  // needs a moment, and does not want everybody at once.
  Duration pause_after_shutdown = Duration::milliseconds(1'500);

  bool gives_up(std::uint32_t attempts, bool is_in_call) const {
    return attempts >= (is_in_call ? attempts_in_a_call : attempts_before_a_call);
  }

  // `attempt` counts from 1, here and below.
  Duration pause(std::uint32_t attempt, Random& random) const {
    if (attempt > frequent_attempts) return jittered(pause_after_frequent, random);
    if (attempt <= 1) return Duration();
    if (attempt == 2) return random.below(spread);
    // An eighth keeps apart whom chance put together.
    return spread / 8 * 7 + random.below(spread / 8);
  }

  Duration patience(std::uint32_t attempt) const {
    if (attempt == 1) return first_patience;
    return attempt <= impatient_attempts ? short_patience : long_patience;
  }

  // Half of a pause is jitter, so that the clients of a server that was started anew do not return
  // together.
  static Duration jittered(Duration whole, Random& random) {
    return whole / 2 + random.below(whole / 2);
  }

  static constexpr auto fields() {
    using Self = ReconnectPolicy;
    return std::tuple(
        field("attemptsBeforeACall", &Self::attempts_before_a_call),
        field("attemptsInACall", &Self::attempts_in_a_call), field("spread", &Self::spread),
        field("frequentAttempts", &Self::frequent_attempts),
        field("pauseAfterFrequent", &Self::pause_after_frequent),
        field("firstPatience", &Self::first_patience),
        field("shortPatience", &Self::short_patience), field("longPatience", &Self::long_patience),
        field("impatientAttempts", &Self::impatient_attempts),
        field("longestReturn", &Self::longest_return),
        field("pauseAfterShutdown", &Self::pause_after_shutdown));
  }
};

// What to do about a path between two participants that does not work.
struct RecoveryPolicy {
  enum class Step : std::uint8_t { RestartIce, RestartOverRelay, NewLink };
  friend constexpr auto names_of(Step) {
    return std::array<std::string_view, 3>{"restart-ice", "restart-over-relay", "new-link"};
  }

  // From the creation of a link to its first restart. A path through a relay over TCP takes about
  // two seconds where it is slow.
  Duration connect_within = Duration::seconds(8);

  // A path that is `disconnected` often comes back by itself: browsers say so after about two and a
  // half seconds without an answer to a connectivity check.
  Duration disconnected_grace = Duration::seconds(2);

  // Packets come every 20 ms while a microphone is open, so that a second without one is a path
  // that is dead or nearly; browsers themselves notice after three to five.
  Duration silent_after = Duration::seconds(1);

  // Whole pictures are sent at most this often without being asked for: each is as large as some
  // twenty others, and the end of a silence shows in more than one way within a moment.
  Duration refresh_pause = Duration::seconds(1);

  // From one whole picture to the next where nothing comes back, and the last for all later ones:
  // the other side cannot ask for one, and each packet that is lost spoils all pictures up to the
  // next. The second comes soon, because a Firefox that hears again makes its own first picture a
  // whole one, and loses with that what has just arrived (web/sdk/media/key_frame.ts). The later
  // ones leave room for others: a Chromium that is told nothing of what arrives goes down to 30
  // kbit/s, at which a whole picture takes it a second.
  std::array<Duration, 3> refresh_unheard_pauses{Duration::milliseconds(500), Duration::seconds(1),
                                                 Duration::seconds(2)};

  // The later arrival of a pair goes first, so that both do not begin at once: the time its offer
  // takes to be made and to arrive.
  Duration yield = Duration::milliseconds(500);

  // For how long a link that still brings something goes on beside its connected successor. That
  // shows its first picture after one or two tenths of a second; until then both are sent.
  Duration handover_within = Duration::seconds(1);

  // Attempts after which the person is told that there is no way; trying goes on.
  std::uint32_t attempts_before_failed = 5;

  // What has carried media gets a successor at once: a new connection gathers from the networks
  // that are there now, in every browser, while Chromium clings to its old pair of candidates for
  // some three seconds even where a restart has found another.
  Step when_it_had_worked = Step::NewLink;

  // What has not been connected yet is tried with fresh candidates; a network that swallows direct
  // packets after a while may let those to a relay pass; after that something in the connection
  // itself may be broken. The last step stands for all later ones.
  std::array<Step, 4> when_it_never_worked{Step::RestartIce, Step::RestartIce,
                                           Step::RestartOverRelay, Step::NewLink};

  // From each attempt to the next; the last one stands for all later ones.
  std::array<Duration, 5> pauses{Duration::seconds(5), Duration::seconds(5), Duration::seconds(8),
                                 Duration::seconds(8), Duration::seconds(15)};

  // A path that breaks within this time after it was mended was not lost to a change of networks,
  // mostly: a weak radio or a machine that cannot keep up stops it again and again.
  Duration relapse_within = Duration::seconds(30);

  // Before such a path is mended, from the first relapse in a row to the third and later ones: what
  // stops for want of time comes again within a second or two.
  std::array<Duration, 3> relapse_pauses{Duration::seconds(2), Duration::seconds(4),
                                         Duration::seconds(8)};

  // For how long a negotiation is let be, whatever its path does: signaling brings an offer and its
  // answer, or tells of the connection they were lost with. Another offer would make the answer to
  // this one worthless, and who needs ten seconds for it could never give it in time. The other
  // side's browser may take Link::action_within for each of two descriptions.
  Duration agree_within = Duration::seconds(20);

  // `attempt` counts from 1, here and below. Without a relay, a restart over it is a new link.
  Step step(std::uint32_t attempt, bool had_worked, bool has_relay) const {
    if (had_worked) return when_it_had_worked;
    const auto last = when_it_never_worked.size();
    const auto step = when_it_never_worked[std::clamp<std::size_t>(attempt, 1, last) - 1];
    return step == Step::RestartOverRelay && !has_relay ? Step::NewLink : step;
  }

  // `refreshed`: how many whole pictures were sent to where nothing comes back from.
  Duration refresh_unheard_pause(std::uint32_t refreshed) const {
    const auto last = refresh_unheard_pauses.size() - 1;
    return refresh_unheard_pauses[std::min<std::size_t>(refreshed, last)];
  }

  Duration relapse_pause(std::uint32_t relapses) const {
    if (relapses == 0) return {};
    return relapse_pauses[std::min<std::size_t>(relapses, relapse_pauses.size()) - 1];
  }

  // A quarter of a pause is jitter, so that a crowd whose network broke at one moment does not mend
  // at one moment.
  Duration pause(std::uint32_t attempt, Random& random) const {
    const auto whole = pauses[std::clamp<std::size_t>(attempt, 1, pauses.size()) - 1];
    return whole / 4 * 3 + random.below(whole / 4);
  }

  static constexpr auto fields() {
    using Self = RecoveryPolicy;
    return std::tuple(
        field("connectWithin", &Self::connect_within),
        field("disconnectedGrace", &Self::disconnected_grace),
        field("silentAfter", &Self::silent_after), field("refreshPause", &Self::refresh_pause),
        field("refreshUnheardPauses", &Self::refresh_unheard_pauses), field("yield", &Self::yield),
        field("handoverWithin", &Self::handover_within),
        field("attemptsBeforeFailed", &Self::attempts_before_failed),
        field("whenItHadWorked", &Self::when_it_had_worked),
        field("whenItNeverWorked", &Self::when_it_never_worked), field("pauses", &Self::pauses),
        field("relapseWithin", &Self::relapse_within),
        field("relapsePauses", &Self::relapse_pauses), field("agreeWithin", &Self::agree_within));
  }
};

struct Policies {
  ReconnectPolicy reconnect;
  RecoveryPolicy recovery;

  static constexpr auto fields() {
    return std::tuple(field("reconnect", &Policies::reconnect),
                      field("recovery", &Policies::recovery));
  }
};

}  // namespace parley
