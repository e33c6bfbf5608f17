// One other participant: their record, the link to them, and what is done when the path breaks.
//
// Who offers. The later arrival of a pair makes the first offer; afterwards either side may begin a
// negotiation, for an ICE restart or a new peer connection. When both do at once (glare), the offer
// of the later arrival stands: it ignores the other's offer, and the earlier arrival gives its own
// up, by rollback, or by a new answering peer connection where the offering one had never settled
// (its transceivers would not match those of the offer, see LinkRole).
//
// Which connection. Every description names its sender's peer connection. One that names another
// than before means that the other side began anew, and this side's is replaced, too.
//
// Make before break. A link that has carried media stays, and is shown, while its successor is
// being negotiated: packets may come over it again first. Sound comes over the successor from when
// that is connected. The old link goes on until the successor has brought pictures, too: its own
// are seen until then, and the other side may still see what is sent over it.
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <optional>

#include "core/call/effects.h"
#include "core/call/link.h"
#include "core/call/output.h"
#include "core/call/policies.h"
#include "core/call/setbacks.h"

namespace parley {

// What a peer must know of the call around it.
struct Surroundings {
  Arrival own_arrival;
  IceServers ice_servers;
  std::optional<Timestamp> ice_servers_until;  // nothing: for ever

  static constexpr auto fields() {
    return std::tuple(field("ownArrival", &Surroundings::own_arrival),
                      field("iceServers", &Surroundings::ice_servers),
                      field("iceServersUntil", &Surroundings::ice_servers_until));
  }
};

class Peer {
 public:
  Peer() = default;  // for snapshots only

  // Begins to connect. `link` is one that was made ahead: offered already when this side offers,
  // fresh and answering when it does not.
  Peer(Effects& effects, const Surroundings& around, Participant record, std::optional<Link> link);

  // The other side's record as the server has it now.
  void record_changed(Effects& effects, const Surroundings& around, const Participant& record);
  // The server was started anew and has not seen the other side since: it is kept, as one who is
  // away, until it had the time to come back.
  void miss(Effects& effects);
  bool is_overdue(Timestamp now) const { return missing_until_ && *missing_until_ <= now; }
  // This side is back with the server: what was sent in between is lost.
  void server_is_back(Effects& effects, const Surroundings& around);

  void received(Effects& effects, const Surroundings& around, const SignalPayload& payload);

  // Precondition for all of these: owns(link).
  void path_changed(Effects& effects, const Surroundings& around, LinkId link, PathState path);
  void fell_silent(Effects& effects, const Surroundings& around, LinkId link);
  void heard_again(Effects& effects, const Surroundings& around, LinkId link);
  void pictures_came(Effects& effects, LinkId link);
  void rerouted(Effects& effects, LinkId link);
  void local_candidate(Effects& effects, LinkId link, const Candidate& candidate);
  void local_candidates_end(Effects& effects, LinkId link);

  // Mends at once what does not work, and moves what does to the network that is there now.
  void hint(Effects& effects, const Surroundings& around, HintCause cause);

  bool owns(ActionId action) const { return link_ && link_->owns(action); }
  bool owns(LinkId link) const {
    return (link_ && link_->id() == link) || is_former(link) || is_leaving(link);
  }
  void action_done(Effects& effects, const Surroundings& around, ActionId action,
                   const std::optional<Sdp>& sdp);
  void action_failed(Effects& effects, const Surroundings& around, ActionId action);

  std::optional<Timestamp> next_timeout() const;
  void time_passed(Effects& effects, const Surroundings& around);

  // Those of `around` are new. They count from the next ICE generation on.
  void set_ice_servers(Effects& effects, const Surroundings& around);
  // The same, where the offer that is out was made before they were known.
  void set_late_ice_servers(Effects& effects, const Surroundings& around);
  void close(Effects& effects);

  const Participant& record() const { return record_; }
  PeerState state() const { return state_; }
  output::PeerView view() const;

  static constexpr auto fields() {
    return std::tuple(
        field("record", &Peer::record_), field("link", &Peer::link_),
        field("former", &Peer::former_), field("leaving", &Peer::leaving_),
        field("remoteLink", &Peer::remote_link_), field("deferredOffer", &Peer::deferred_offer_),
        field("state", &Peer::state_), field("interruption", &Peer::interruption_),
        field("setbacks", &Peer::setbacks_), field("agreeingSince", &Peer::agreeing_since_),
        field("recoverAt", &Peer::recover_at_), field("missingUntil", &Peer::missing_until_),
        field("refreshAgainAt", &Peer::refresh_again_at_), field("unheard", &Peer::unheard_));
  }

 private:
  // Nothing comes from the other side, but what is sent may still arrive there.
  struct Unheard {
    Timestamp refresh_at;
    std::uint32_t refreshed;  // how often; without a value of its own, for Clang 14's std::optional
    static constexpr auto fields() {
      return std::tuple(field("refreshAt", &Unheard::refresh_at),
                        field("refreshed", &Unheard::refreshed));
    }
  };

  struct Leaving {
    LinkId link;
    Timestamp until;
    std::optional<Interruption> interruption;  // why nothing comes over it any more
    static constexpr auto fields() {
      return std::tuple(field("link", &Leaving::link), field("until", &Leaving::until),
                        field("interruption", &Leaving::interruption));
    }
  };

  void on(Effects& effects, const Surroundings& around, const Offer& offer);
  void on(Effects& effects, const Surroundings& around, const Answer& answer);
  void on(Effects& effects, const Surroundings& around, const Candidate& candidate);
  void on(Effects& effects, const Surroundings& around, const EndOfCandidates& end);

  void on(Effects& effects, const Surroundings& around, const link_event::OfferMade& event);
  void on(Effects& effects, const Surroundings& around, const link_event::AnswerMade& event);
  void on(Effects& effects, const Surroundings& around, const link_event::Settled& event);
  void on(Effects& effects, const Surroundings& around, const link_event::Broke& event);
  void dispatch(Effects& effects, const Surroundings& around,
                const std::optional<LinkEvent>& event);

  bool is_later(const Surroundings& around) const { return around.own_arrival > record_.arrival; }
  bool needs_new_link(const Offer& offer) const;
  bool is_former(LinkId link) const { return former_ == link; }
  bool is_leaving(LinkId link) const { return leaving_ && leaving_->link == link; }
  bool works() const;

  // Media come over the newest link.
  void begin_to_work(Effects& effects, const Surroundings& around);
  void hand_over(Effects& effects);
  void end_handover(Effects& effects);
  void former_path_changed(Effects& effects, PathState path);
  void replace_link(Effects& effects, const Surroundings& around, LinkRole role);
  void take_deferred_offer(Effects& effects, const Surroundings& around);
  void make_offer(Effects& effects, bool restart_ice);
  // Both sides have the descriptions now, or will as soon as the answer has arrived.
  void agreed(Effects& effects);
  void begin_anew(Effects& effects, const Surroundings& around);
  void negotiate_again(Effects& effects, const Surroundings& around);
  void recover(Effects& effects, const Surroundings& around);
  void try_again(Effects& effects, const Surroundings& around);
  bool is_agreeing(const Effects& effects) const;
  void recover_in(Effects& effects, const Surroundings& around, Duration delay);
  void restart_ice(Effects& effects, const Surroundings& around, Transport transport);
  bool sends_media() const;
  // Packets pass again over the link, and pictures were lost.
  void refresh_pictures(Effects& effects, LinkId link);
  void refresh_unheard(Effects& effects);
  void refresh_unheard_later(Effects& effects, std::uint32_t refreshed);
  void interrupt(Effects& effects, Interruption why);
  // The link that is shown carries media.
  void carries_media(Effects& effects);
  void set_state(PeerState next, std::optional<Interruption> why = std::nullopt);

  Participant record_;
  std::optional<Link> link_;             // the newest: the one that is negotiated
  std::optional<LinkId> former_;         // carried media; its successor is not connected yet
  std::optional<Leaving> leaving_;       // its successor is, but has brought no picture yet
  std::optional<LinkId> remote_link_;    // the peer connection at the other end
  std::optional<Offer> deferred_offer_;  // came while another was being set, or is tried again
  PeerState state_ = PeerState::Connecting;
  std::optional<Interruption> interruption_;  // why Reconnecting, or what Failed could not mend
  Setbacks setbacks_;
  // A negotiation is under way of which nothing got lost.
  std::optional<Timestamp> agreeing_since_;
  std::optional<Timestamp> recover_at_;
  std::optional<Timestamp> missing_until_;
  std::optional<Timestamp> refresh_again_at_;  // not before
  std::optional<Unheard> unheard_;
};

}  // namespace parley
