// One RTCPeerConnection as the core sees it: which description is being set, which is waited for,
// and which candidates are on their way. It obeys the signaling states of JSEP (RFC 8829 section
// 4.1.1), so that a browser is never asked for what it must refuse.
//
//     Fresh | Settled --make_offer--> SettingLocalOffer --done--> Offered --take_answer-->
//         SettingRemoteAnswer --done--> Settled
//     Fresh | Settled | Offered --take_offer--> SettingRemoteOffer --done--> SettingLocalAnswer
//         --done--> Settled
//     any --an action fails or its deadline passes--> Broken, which only a new Link leaves
//
// Offered --make_offer--> SettingLocalOffer is allowed (the offer before got lost), and
// Offered --take_offer--> SettingRemoteOffer rolls the own offer back in the same step
// (W3C WebRTC section 4.4.1.5, implicit rollback).
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <map>
#include <optional>
#include <variant>
#include <vector>

#include "core/call/effects.h"
#include "core/call/remote_candidates.h"
#include "core/call/types.h"

namespace parley {

// What became of an action, for the one who owns the link.
namespace link_event {
struct OfferMade {
  OfferId offer;
  Sdp sdp;
};
struct AnswerMade {
  Offer offer;  // what is answered
  Sdp sdp;
};
struct Settled {};  // the answer to the own offer is set
struct Broke {
  std::optional<Offer> unanswered;  // of the other side, who waits for an answer
};
}  // namespace link_event
using LinkEvent = std::variant<link_event::OfferMade, link_event::AnswerMade, link_event::Settled,
                               link_event::Broke>;

class Link {
 public:
  // The browser does each of these in well under a second; a phone that wakes up may take longer.
  static constexpr Duration action_within = Duration::seconds(10);

  enum class State : std::uint8_t {
    Fresh,
    SettingLocalOffer,
    Offered,
    SettingRemoteOffer,
    SettingLocalAnswer,
    SettingRemoteAnswer,
    Settled,
    Broken,
  };

  Link() = default;  // for snapshots only
  // Asks the host for the peer connection.
  Link(Effects& effects, LinkRole role, const IceServers& ice_servers);

  // Precondition: is_idle().
  void make_offer(Effects& effects, bool restart_ice);
  // Precondition: is_idle().
  void take_offer(Effects& effects, const Offer& offer);
  // False when this is not the answer that is waited for.
  bool take_answer(Effects& effects, const Answer& answer);
  void take_candidate(Effects& effects, Candidate candidate);
  // Adds the candidates that came with `offer` and for it, and from now on those that still come.
  // To be called once the answer is on its way, which the other side needs first: browsers hold the
  // page's thread up with a candidate while they work on a description.
  void admit_candidates(Effects& effects, const Offer& offer);

  bool owns(ActionId action) const;
  // Precondition for both: owns(action). Nothing when there is nothing to be done about it.
  std::optional<LinkEvent> action_done(Effects& effects, ActionId action,
                                       const std::optional<Sdp>& sdp);
  std::optional<LinkEvent> action_failed(Effects& effects, ActionId action);

  // The earliest deadline of an action.
  std::optional<Timestamp> next_timeout() const;
  std::optional<LinkEvent> time_passed(Effects& effects);

  void close(Effects& effects) { effects.emit(output::CloseLink{id_}); }

  LinkId id() const { return id_; }
  LinkRole role() const { return role_; }
  State state() const { return static_cast<State>(negotiation_.index()); }

  // An offer of one's own is on its way or being made.
  bool is_offering() const;
  // No action is outstanding that another would have to wait for.
  bool is_idle() const;
  // Descriptions were exchanged once.
  bool was_settled() const { return was_settled_; }

  // The answer with this number is waited for.
  bool awaits(OfferId offer) const;

  // Candidates of the other side that wait for their description, for the link that takes over.
  std::vector<Candidate> take_waiting_candidates() { return remote_candidates_.take_waiting(); }

  // The ICE generation of the local description, once there is one.
  const std::optional<Fragment>& local_generation() const { return local_generation_; }

  PathState path() const { return path_; }
  void set_path(PathState path) {
    path_ = path;
    was_connected_ = was_connected_ || path == PathState::Connected;
  }
  // The browser gave up before it found a first path.
  bool failed_before_it_connected() const { return path_ == PathState::Failed && !was_connected_; }
  // Media have come over it.
  bool was_connected() const { return was_connected_; }

  // What the next ICE generation is gathered from.
  Transport transport() const { return transport_; }
  void gather_from(Effects& effects, const IceServers& ice_servers, Transport transport);

  static constexpr auto fields() {
    return std::tuple(
        field("id", &Link::id_), field("role", &Link::role_),
        field("negotiation", &Link::negotiation_), field("wasSettled", &Link::was_settled_),
        field("path", &Link::path_), field("wasConnected", &Link::was_connected_),
        field("transport", &Link::transport_), field("localGeneration", &Link::local_generation_),
        field("remoteCandidates", &Link::remote_candidates_), field("adding", &Link::adding_));
  }

 private:
  // An action the host is carrying out.
  struct Pending {
    ActionId action;
    Timestamp until;
    static constexpr auto fields() {
      return std::tuple(field("action", &Pending::action), field("until", &Pending::until));
    }
  };

  // The alternatives are in the order of State.
  struct Fresh {
    static constexpr std::string_view type = "fresh";
    static constexpr auto fields() { return std::tuple(); }
  };
  struct SettingLocalOffer {
    static constexpr std::string_view type = "setting-local-offer";
    Pending pending;
    static constexpr auto fields() {
      return std::tuple(field("pending", &SettingLocalOffer::pending));
    }
  };
  struct Offered {
    static constexpr std::string_view type = "offered";
    OfferId offer;
    static constexpr auto fields() { return std::tuple(field("offer", &Offered::offer)); }
  };
  struct SettingRemoteOffer {
    static constexpr std::string_view type = "setting-remote-offer";
    Pending pending;
    Offer offer;
    static constexpr auto fields() {
      return std::tuple(field("pending", &SettingRemoteOffer::pending),
                        field("offer", &SettingRemoteOffer::offer));
    }
  };
  struct SettingLocalAnswer {
    static constexpr std::string_view type = "setting-local-answer";
    Pending pending;
    Offer offer;
    static constexpr auto fields() {
      return std::tuple(field("pending", &SettingLocalAnswer::pending),
                        field("offer", &SettingLocalAnswer::offer));
    }
  };
  struct SettingRemoteAnswer {
    static constexpr std::string_view type = "setting-remote-answer";
    Pending pending;
    Sdp sdp;
    static constexpr auto fields() {
      return std::tuple(field("pending", &SettingRemoteAnswer::pending),
                        field("sdp", &SettingRemoteAnswer::sdp));
    }
  };
  struct Settled {
    static constexpr std::string_view type = "settled";
    static constexpr auto fields() { return std::tuple(); }
  };
  struct Broken {
    static constexpr std::string_view type = "broken";
    static constexpr auto fields() { return std::tuple(); }
  };
  using Negotiation = std::variant<Fresh, SettingLocalOffer, Offered, SettingRemoteOffer,
                                   SettingLocalAnswer, SettingRemoteAnswer, Settled, Broken>;

  std::optional<LinkEvent> done(Effects& effects, const SettingLocalOffer& state,
                                const std::optional<Sdp>& sdp);
  std::optional<LinkEvent> done(Effects& effects, const SettingRemoteOffer& state,
                                const std::optional<Sdp>& sdp);
  std::optional<LinkEvent> done(Effects& effects, const SettingLocalAnswer& state,
                                const std::optional<Sdp>& sdp);
  std::optional<LinkEvent> done(Effects& effects, const SettingRemoteAnswer& state,
                                const std::optional<Sdp>& sdp);
  template <class NotPending>
  std::optional<LinkEvent> done(Effects& effects, const NotPending& state,
                                const std::optional<Sdp>& sdp);

  Pending begin_action(Effects& effects);
  const Pending* pending_description() const;
  void add(Effects& effects, std::vector<Candidate> candidates);
  LinkEvent break_down();

  LinkId id_;
  LinkRole role_ = LinkRole::Offering;
  Negotiation negotiation_;
  bool was_settled_ = false;
  PathState path_ = PathState::New;
  bool was_connected_ = false;
  Transport transport_ = Transport::All;
  std::optional<Fragment> local_generation_;
  RemoteCandidates remote_candidates_;
  std::map<ActionId, Timestamp> adding_;  // AddCandidate actions and their deadlines
};

}  // namespace parley
