// What has gone wrong with the path to one participant lately: how soon the next attempt to mend it
// may come.
//
// Each attempt costs both sides a gathering of candidates and mostly a second peer connection,
// whose pictures are encoded and decoded beside the first one's. Where it is the machine that
// cannot keep up, attempts make the very silence and the late answers that they are meant to end.
// So a path that breaks again soon after it was mended is given time to come back by itself, and
// who does not answer is asked more seldom.
//
// Thread-safety: none; belongs to one Peer.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/fields.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/call/policies.h"

namespace parley {

class Setbacks {
 public:
  // The path that carried media does so no more, or again.
  void interrupted(Timestamp now, const RecoveryPolicy& policy) {
    const bool is_relapse = mended_at_ && now - *mended_at_ < policy.relapse_within;
    relapses_ = is_relapse ? relapses_ + 1 : 0;
  }
  void mended(Timestamp now) { mended_at_ = now; }

  // Nothing is to be mended any more.
  void works() { attempts_ = unanswered_ = 0; }

  // Another attempt begins. `is_unanswered`: the offer of the last one has not been answered yet.
  void attempt(bool is_unanswered, const RecoveryPolicy& policy) {
    attempts_ += is_slowed_down() ? policy.unanswered_factor : 1;
    unanswered_ = is_unanswered ? unanswered_ + 1 : 0;
  }

  // What failed was another network, or another connection to the server.
  void forget() { *this = Setbacks(); }

  // Attempts since the path last worked, or that there would have been time for.
  std::uint32_t attempts() const { return attempts_; }

  // From an interruption to the first attempt.
  Duration first_pause(const RecoveryPolicy& policy) const {
    return policy.relapse_pause(relapses_);
  }

  // From this attempt to the next.
  Duration next_pause(const RecoveryPolicy& policy, Random& random) const {
    const auto pause = policy.pause(attempts_ + relapses_, random);
    return is_slowed_down() ? pause * policy.unanswered_factor : pause;
  }

  static constexpr auto fields() {
    return std::tuple(
        field("attempts", &Setbacks::attempts_), field("unanswered", &Setbacks::unanswered_),
        field("relapses", &Setbacks::relapses_), field("mendedAt", &Setbacks::mended_at_));
  }

 private:
  // A single offer may have been lost.
  bool is_slowed_down() const { return unanswered_ > 1; }

  std::uint32_t attempts_ = 0;
  std::uint32_t unanswered_ = 0;  // offers in a row
  std::uint32_t relapses_ = 0;    // in a row
  std::optional<Timestamp> mended_at_;
};

}  // namespace parley
