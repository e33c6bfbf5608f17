// What has gone wrong with the path to one participant lately: how soon the next attempt to mend it
// may come.
//
// Each attempt costs both sides a gathering of candidates and mostly a second peer connection,
// whose pictures are encoded and decoded beside the first one's. Where it is the machine that
// cannot keep up, attempts make the very silence and the late answers that they are meant to end.
// So a path that breaks again soon after it was mended is given time to come back by itself.
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
  void works() { attempts_ = 0; }

  // Another attempt begins, or would if the last one were not still under way.
  void attempt() { ++attempts_; }

  // What failed was another network, or another connection to the server.
  void forget() { *this = Setbacks(); }

  // Since the path last worked.
  std::uint32_t attempts() const { return attempts_; }

  // From an interruption to the first attempt.
  Duration first_pause(const RecoveryPolicy& policy) const {
    return policy.relapse_pause(relapses_);
  }

  // From this attempt to the next.
  Duration next_pause(const RecoveryPolicy& policy, Random& random) const {
    return policy.pause(attempts_ + relapses_, random);
  }

  static constexpr auto fields() {
    return std::tuple(field("attempts", &Setbacks::attempts_),
                      field("relapses", &Setbacks::relapses_),
                      field("mendedAt", &Setbacks::mended_at_));
  }

 private:
  std::uint32_t attempts_ = 0;
  std::uint32_t relapses_ = 0;  // in a row
  std::optional<Timestamp> mended_at_;
};

}  // namespace parley
