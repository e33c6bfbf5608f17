// Holds the other side's candidates until the description they belong to is set, and drops those of
// an ICE generation that is over (RFC 8839 section 4.4.1.1.1: a new ice-ufrag begins a new one).
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/signaling/types.h"

namespace parley {

class RemoteCandidates {
 public:
  // Of more waiting candidates the oldest is dropped: a browser gathers fewer than 30, the sender
  // may be hostile, and candidates of an offer that was never taken wait in vain.
  static constexpr std::size_t max_waiting = 64;

  // Takes a candidate; returns it (alone) when it can be added at once.
  std::vector<Candidate> arrived(Candidate candidate);

  // A remote description was set; returns the waiting candidates that belong to it.
  std::vector<Candidate> description_set(const Sdp& sdp);

  std::vector<Candidate> take_waiting() { return std::exchange(waiting_, {}); }

  static constexpr auto fields() {
    return std::tuple(field("generation", &RemoteCandidates::generation_),
                      field("past", &RemoteCandidates::past_),
                      field("waiting", &RemoteCandidates::waiting_));
  }

 private:
  bool belongs(const Candidate& candidate) const;

  // The ufrags of the description that is set, and of the one before it.
  std::optional<Fragment> generation_;
  std::optional<Fragment> past_;
  std::vector<Candidate> waiting_;
};

// The value of the first a=ice-ufrag line. All sections share it: the driver bundles (max-bundle).
std::optional<Fragment> ice_fragment(std::string_view sdp);

}  // namespace parley
