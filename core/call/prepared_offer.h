// The offer that is made while the person still looks at the preview, so that it can travel with
// Join: its peer connection, its text, and the candidates gathered meanwhile.
//
//     Making --made--> Made --join--> Sent --adopted or discarded
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/call/effects.h"
#include "core/call/link.h"

namespace parley {

class PreparedOffer {
 public:
  PreparedOffer() = default;  // for snapshots only
  PreparedOffer(Effects& effects, const IceServers& ice_servers)
      : link_(effects, LinkRole::Offering, ice_servers) {
    link_.make_offer(effects, false);
  }

  bool is_making() const { return link_.state() == Link::State::SettingLocalOffer; }

  bool owns(ActionId action) const { return link_.owns(action); }
  bool owns(LinkId link) const { return link_.id() == link; }

  // False when the browser could not make the offer; the object is of no more use then.
  bool action_done(Effects& effects, ActionId action, const std::optional<Sdp>& sdp);

  void local_candidate(const Candidate& candidate) { gathered_.push_back(candidate); }
  void local_candidates_end() { is_complete_ = true; }

  // The offer with the candidates gathered so far, to be sent now; nothing while it is being made.
  std::optional<Offer> send();

  // Hands the link over to the one the offer went to, with what must still be signalled to them.
  std::pair<Link, std::vector<SignalPayload>> adopt();

  std::optional<Timestamp> next_timeout() const { return link_.next_timeout(); }
  // False as in action_done.
  bool time_passed(Effects& effects) { return !link_.time_passed(effects); }

  void close(Effects& effects) { link_.close(effects); }

  static constexpr auto fields() {
    return std::tuple(field("link", &PreparedOffer::link_), field("offer", &PreparedOffer::offer_),
                      field("gathered", &PreparedOffer::gathered_),
                      field("sent", &PreparedOffer::sent_),
                      field("isComplete", &PreparedOffer::is_complete_));
  }

 private:
  Link link_;
  std::optional<Offer> offer_;  // once made
  std::vector<Candidate> gathered_;
  std::uint32_t sent_ = 0;    // how many of them went with the offer
  bool is_complete_ = false;  // the browser has no more candidates
};

}  // namespace parley
