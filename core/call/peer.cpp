#include "core/call/peer.h"

#include <algorithm>
#include <utility>

namespace parley {
namespace {

// RFC 7065: the schemes of a relay. One that takes the credentials no more is none.
bool has_relay(const Surroundings& around, Timestamp now) {
  if (around.ice_servers_until && *around.ice_servers_until <= now) return false;
  const auto& servers = around.ice_servers;
  return std::any_of(servers.begin(), servers.end(), [](const IceServer& server) {
    return std::any_of(server.urls.begin(), server.urls.end(), [](const Url& url) {
      return url.value().starts_with("turn:") || url.value().starts_with("turns:");
    });
  });
}

const RecoveryPolicy& recovery(const Effects& effects) { return effects.policies().recovery; }

}  // namespace

Peer::Peer(Effects& effects, const Surroundings& around, Participant record,
           std::optional<Link> link)
    : record_(std::move(record)), link_(std::move(link)) {
  if (is_later(around) && !link_) {
    replace_link(effects, around, LinkRole::Offering);
    link_->make_offer(effects, false);
  }
  if (is_later(around)) agreeing_since_ = effects.now();
  recover_in(effects, around, recovery(effects).connect_within);
}

// --- From the server ---------------------------------------------------------------------------

void Peer::record_changed(Effects& effects, const Surroundings& around, const Participant& record) {
  const auto before = std::exchange(record_, record);
  missing_until_.reset();
  if (record.arrival != before.arrival) {
    // A new page: nothing of what was negotiated is left at the other end, and it will offer.
    close(effects);
    *this = Peer(effects, around, record, std::nullopt);
  } else if (before.presence == Presence::Away && record.presence == Presence::Here) {
    setbacks_.forget();
    negotiate_again(effects, around);
  }
}

void Peer::miss(Effects& effects) {
  record_.presence = Presence::Away;
  missing_until_ = effects.now() + limits::resume_within;
}

void Peer::server_is_back(Effects& effects, const Surroundings& around) {
  setbacks_.forget();
  negotiate_again(effects, around);
}

void Peer::received(Effects& effects, const Surroundings& around, const SignalPayload& payload) {
  std::visit([&](const auto& each) { on(effects, around, each); }, payload);
}

void Peer::on(Effects& effects, const Surroundings& around, const Offer& offer) {
  if (is_later(around) && link_ && link_->is_offering()) return;
  if (needs_new_link(offer)) {
    replace_link(effects, around, LinkRole::Answering);
  } else if (!link_->is_idle()) {
    deferred_offer_ = offer;
    return;
  }
  deferred_offer_.reset();
  remote_link_ = offer.link;
  agreeing_since_ = effects.now();
  link_->take_offer(effects, offer);
  // The other side is at it; an attempt of this side's would only cross its own.
  if (recover_at_) {
    const auto patience = recovery(effects).pause(1, effects.random());
    recover_at_ = std::max(*recover_at_, effects.now() + patience);
  }
}

void Peer::on(Effects& effects, const Surroundings& around, const Answer& answer) {
  if (!link_ || !link_->awaits(answer.id)) return;
  if (remote_link_ && *remote_link_ != answer.link) {
    // The other end is a new peer connection, which knows nothing of this one's keys.
    begin_anew(effects, around);
    return;
  }
  remote_link_ = answer.link;
  link_->take_answer(effects, answer);
}

void Peer::on(Effects& effects, const Surroundings&, const Candidate& candidate) {
  if (link_) link_->take_candidate(effects, candidate);
}

// W3C WebRTC section 4.4.1.6: an empty candidate says that its generation is complete.
void Peer::on(Effects& effects, const Surroundings&, const EndOfCandidates& end) {
  if (link_) link_->take_candidate(effects, {{}, {}, {}, end.username_fragment});
}

bool Peer::needs_new_link(const Offer& offer) const {
  if (!link_ || link_->state() == Link::State::Broken) return true;
  if (remote_link_ && *remote_link_ != offer.link) return true;
  return link_->role() == LinkRole::Offering && !link_->was_settled();
}

// --- From the browser --------------------------------------------------------------------------

void Peer::local_candidate(Effects& effects, LinkId link, const Candidate& candidate) {
  if (link_->id() == link) effects.signal(record_.id, record_.arrival, candidate);
}

void Peer::local_candidates_end(Effects& effects, LinkId link) {
  if (link_->id() != link) return;
  effects.signal(record_.id, record_.arrival, EndOfCandidates{link_->local_generation()});
}

void Peer::path_changed(Effects& effects, const Surroundings& around, LinkId link, PathState path) {
  if (is_leaving(link)) return;
  if (is_former(link)) return former_path_changed(effects, path);
  const bool is_back = path == PathState::Connected && link_->was_connected();
  link_->set_path(path);
  switch (path) {
    case PathState::Connected:
      if (is_back) refresh_pictures(effects, link);
      hand_over(effects);
      begin_to_work(effects, around);
      effects.emit(output::WatchLink{
          link_->id(),
          static_cast<std::uint32_t>(recovery(effects).silent_after.count_milliseconds())});
      break;
    case PathState::Disconnected: {
      // Mending has begun already where silence gave the loss away.
      const bool was_noticed = interruption_ == Interruption::Silent && recover_at_;
      interrupt(effects, Interruption::PathLost);
      if (!was_noticed) {
        const auto pause = setbacks_.first_pause(recovery(effects));
        recover_in(effects, around, std::max(recovery(effects).disconnected_grace, pause));
      }
      break;
    }
    case PathState::Failed:
      interrupt(effects, Interruption::PathFailed);
      recover_in(effects, around, Duration());
      break;
    case PathState::New:
    case PathState::Connecting:
    case PathState::Closed:
      break;
  }
}

// Its successor is being negotiated in any case.
void Peer::former_path_changed(Effects& effects, PathState path) {
  if (path == PathState::Connected) {
    refresh_pictures(effects, *former_);
    carries_media(effects);
  }
  if (state_ != PeerState::Connected) return;
  if (path == PathState::Disconnected) interrupt(effects, Interruption::PathLost);
  if (path == PathState::Failed) interrupt(effects, Interruption::PathFailed);
}

void Peer::hand_over(Effects& effects) {
  if (!former_) return;
  end_handover(effects);
  const auto within = recovery(effects).handover_within;
  leaving_ = {*std::exchange(former_, std::nullopt), effects.now() + within, interruption_};
  std::vector<Medium> pictures;
  if (record_.media.camera == Sending::On) pictures.push_back(Medium::Camera);
  if (record_.media.screen == Sending::On) pictures.push_back(Medium::Screen);
  if (pictures.empty()) return;
  effects.emit(output::AwaitPictures{link_->id(), std::move(pictures),
                                     static_cast<std::uint32_t>(within.count_milliseconds())});
}

void Peer::pictures_came(Effects& effects, LinkId link) {
  if (link_->id() == link) end_handover(effects);
}

void Peer::end_handover(Effects& effects) {
  if (leaving_) effects.emit(output::CloseLink{std::exchange(leaving_, std::nullopt)->link});
}

void Peer::fell_silent(Effects& effects, const Surroundings& around, LinkId link) {
  if (is_leaving(link)) leaving_->interruption = Interruption::Silent;
  // Who has nothing to send is silent by right.
  if (is_leaving(link) || state_ != PeerState::Connected || !sends_media()) return;
  interrupt(effects, Interruption::Silent);
  // It may be the way back alone that is lost. Firefox (ESR 153) sends and hears by two ways, where
  // it has two, and tells of neither.
  refresh_unheard_later(effects, 0);
  if (!is_former(link)) recover_in(effects, around, setbacks_.first_pause(recovery(effects)));
}

void Peer::heard_again(Effects& effects, const Surroundings& around, LinkId link) {
  if (is_leaving(link)) return;
  unheard_.reset();
  // What stopped and comes again did so both ways, nearly always.
  refresh_pictures(effects, link);
  if (interruption_ != Interruption::Silent) return;
  if (is_former(link)) {
    carries_media(effects);
  } else {
    begin_to_work(effects, around);
  }
}

// The other side may go on sending the old way for many seconds (Firefox does), so that it sees
// pictures but cannot ask for one. The new way need not lead anywhere: what is sent on it does not
// count for the end of the interruption.
void Peer::rerouted(Effects& effects, LinkId link) {
  if (state_ != PeerState::Reconnecting || view().link != link) return;
  effects.emit(output::RefreshPictures{link});
  refresh_unheard_later(effects, 0);
}

void Peer::refresh_unheard(Effects& effects) {
  const auto refreshed = std::exchange(unheard_, std::nullopt)->refreshed;
  const auto shown = view().link;
  if (!shown) return;
  effects.emit(output::RefreshPictures{*shown});
  refresh_unheard_later(effects, refreshed + 1);
}

void Peer::refresh_unheard_later(Effects& effects, std::uint32_t refreshed) {
  const auto pause = recovery(effects).refresh_unheard_pause(refreshed);
  unheard_ = {effects.now() + pause, refreshed};
}

void Peer::begin_to_work(Effects& effects, const Surroundings& around) {
  carries_media(effects);
  setbacks_.works();
  recover_at_.reset();
  // An offer that is under way may still be lost, and the other side's are ignored as long as it
  // is waited for; the path that works would hide it.
  if (!works()) recover_in(effects, around, recovery(effects).connect_within);
}

void Peer::refresh_pictures(Effects& effects, LinkId link) {
  if (refresh_again_at_ && effects.now() < *refresh_again_at_) return;
  refresh_again_at_ = effects.now() + recovery(effects).refresh_pause;
  effects.emit(output::RefreshPictures{link});
}

bool Peer::sends_media() const {
  const auto& media = record_.media;
  return media.audio == Sending::On || media.camera == Sending::On || media.screen == Sending::On;
}

void Peer::action_done(Effects& effects, const Surroundings& around, ActionId action,
                       const std::optional<Sdp>& sdp) {
  dispatch(effects, around, link_->action_done(effects, action, sdp));
}

void Peer::action_failed(Effects& effects, const Surroundings& around, ActionId action) {
  dispatch(effects, around, link_->action_failed(effects, action));
}

void Peer::dispatch(Effects& effects, const Surroundings& around,
                    const std::optional<LinkEvent>& event) {
  if (event) std::visit([&](const auto& each) { on(effects, around, each); }, *event);
}

void Peer::on(Effects& effects, const Surroundings& around, const link_event::OfferMade& event) {
  // While the own offer was being made the other side's came, and stands.
  if (deferred_offer_) {
    take_deferred_offer(effects, around);
    return;
  }
  effects.signal(record_.id, record_.arrival, Offer{event.offer, link_->id(), event.sdp, {}});
}

void Peer::on(Effects& effects, const Surroundings& around, const link_event::AnswerMade& event) {
  effects.signal(record_.id, record_.arrival, Answer{event.offer.id, link_->id(), event.sdp});
  link_->admit_candidates(effects, event.offer);
  agreed(effects);
  take_deferred_offer(effects, around);
}

void Peer::on(Effects& effects, const Surroundings& around, const link_event::Settled&) {
  agreed(effects);
  take_deferred_offer(effects, around);
}

// A link that the browser refused to go on with is of no more use; a new one is tried after a
// pause, unless the other side's offer asks for it first.
void Peer::on(Effects& effects, const Surroundings& around, const link_event::Broke& event) {
  agreeing_since_.reset();
  interrupt(effects, Interruption::ConnectionBroken);
  recover_in(effects, around, recovery(effects).disconnected_grace);
  if (deferred_offer_) {
    take_deferred_offer(effects, around);
  } else if (setbacks_.attempts() == 0) {
    // The other side waits for an answer, and may ignore an offer for as long. Once: what is
    // refused twice is refused for good.
    deferred_offer_ = event.unanswered;
  }
}

// Who took long to agree takes as long to find the path.
void Peer::agreed(Effects& effects) {
  const auto since = std::exchange(agreeing_since_, std::nullopt);
  if (!recover_at_ || !since) return;
  const auto patience = std::max(recovery(effects).disconnected_grace, effects.now() - *since);
  recover_at_ = std::max(*recover_at_, effects.now() + patience);
}

void Peer::take_deferred_offer(Effects& effects, const Surroundings& around) {
  if (!deferred_offer_) return;
  const auto offer = *std::exchange(deferred_offer_, std::nullopt);
  on(effects, around, offer);
}

// --- Recovery ----------------------------------------------------------------------------------

bool Peer::works() const {
  return link_ && link_->state() == Link::State::Settled && link_->path() == PathState::Connected &&
         interruption_ != Interruption::Silent;
}

// After one side was out of the server's reach: an offer, an answer or candidates may be lost.
void Peer::negotiate_again(Effects& effects, const Surroundings& around) {
  if (works()) return;
  agreeing_since_.reset();
  recover_in(effects, around, Duration());
}

void Peer::hint(Effects& effects, const Surroundings& around, HintCause cause) {
  if (!works()) {
    setbacks_.forget();
    negotiate_again(effects, around);
  } else if (cause != HintCause::PageVisible && effects.can_signal() &&
             record_.presence == Presence::Here) {
    // Media go on over the old path for as long as it lives, so that nothing else would show that
    // the offer or its answer got lost.
    restart_ice(effects, around, Transport::All);
    recover_in(effects, around, recovery(effects).connect_within);
  }
}

void Peer::recover(Effects& effects, const Surroundings& around) {
  recover_at_.reset();
  // Nothing can be agreed on now; whoever comes back begins again (negotiate_again).
  if (works() || !effects.can_signal() || record_.presence == Presence::Away) return;
  setbacks_.attempt();
  const bool is_mending = state_ == PeerState::Connecting || state_ == PeerState::Reconnecting;
  if (setbacks_.attempts() >= recovery(effects).attempts_before_failed && is_mending) {
    set_state(PeerState::Failed, interruption_);
    effects.emit(output::Report{Problem::PathFailed, std::nullopt, record_.id,
                                "No network path to this participant was found."});
  }
  if (!is_agreeing(effects)) try_again(effects, around);
  recover_in(effects, around, setbacks_.next_pause(recovery(effects), effects.random()));
}

bool Peer::is_agreeing(const Effects& effects) const {
  return agreeing_since_ && effects.now() - *agreeing_since_ < recovery(effects).agree_within;
}

void Peer::try_again(Effects& effects, const Surroundings& around) {
  if (deferred_offer_ && link_->state() == Link::State::Broken) {
    take_deferred_offer(effects, around);
    return;
  }
  // Firefox (ESR 153) connects after an ICE restart of a connection that failed before it was ever
  // connected, and then sends no media.
  const bool is_usable = link_ && link_->state() != Link::State::Broken &&
                         !link_->failed_before_it_connected() &&
                         (link_->role() == LinkRole::Offering || link_->was_settled());
  const bool was_connected = link_ && link_->was_connected();
  const auto step =
      recovery(effects).step(setbacks_.attempts(), was_connected, has_relay(around, effects.now()));
  if (!is_usable || step == RecoveryPolicy::Step::NewLink) {
    begin_anew(effects, around);
  } else if (link_->is_idle()) {
    const bool over_relay = step == RecoveryPolicy::Step::RestartOverRelay;
    restart_ice(effects, around, over_relay ? Transport::Relay : Transport::All);
  }
}

void Peer::begin_anew(Effects& effects, const Surroundings& around) {
  replace_link(effects, around, LinkRole::Offering);
  remote_link_.reset();
  make_offer(effects, false);
}

void Peer::make_offer(Effects& effects, bool restart_ice) {
  agreeing_since_ = effects.now();
  link_->make_offer(effects, restart_ice);
}

void Peer::restart_ice(Effects& effects, const Surroundings& around, Transport transport) {
  if (link_->transport() != transport) link_->gather_from(effects, around.ice_servers, transport);
  make_offer(effects, true);
}

void Peer::recover_in(Effects& effects, const Surroundings& around, Duration delay) {
  const auto yield = is_later(around) ? Duration() : recovery(effects).yield;
  recover_at_ = effects.now() + delay + yield;
}

void Peer::replace_link(Effects& effects, const Surroundings& around, LinkRole role) {
  end_handover(effects);
  std::vector<Candidate> waiting;
  if (link_) {
    waiting = link_->take_waiting_candidates();
    if (link_->was_connected()) {
      former_ = link_->id();
    } else {
      link_->close(effects);
    }
  }
  link_.emplace(effects, role, around.ice_servers);
  for (auto& candidate : waiting) link_->take_candidate(effects, std::move(candidate));
}

// What worked is being mended from now on; what does not work already gets the newer reason.
void Peer::interrupt(Effects& effects, Interruption why) {
  if (state_ == PeerState::Connecting) return;
  if (state_ == PeerState::Connected) setbacks_.interrupted(effects.now(), recovery(effects));
  set_state(state_ == PeerState::Connected ? PeerState::Reconnecting : state_, why);
}

void Peer::carries_media(Effects& effects) {
  const bool is_mended = state_ == PeerState::Reconnecting || state_ == PeerState::Failed;
  if (is_mended) setbacks_.mended(effects.now());
  set_state(PeerState::Connected);
}

void Peer::set_state(PeerState next, std::optional<Interruption> why) {
  state_ = next;
  interruption_ = why;
  if (next != PeerState::Reconnecting) unheard_.reset();
}

std::optional<Timestamp> Peer::next_timeout() const {
  auto earliest = link_ ? link_->next_timeout() : std::nullopt;
  const auto leaves = leaving_ ? std::optional(leaving_->until) : std::nullopt;
  const auto refreshes = unheard_ ? std::optional(unheard_->refresh_at) : std::nullopt;
  for (const auto& own : {recover_at_, missing_until_, refreshes, leaves}) {
    if (own && (!earliest || *own < *earliest)) earliest = own;
  }
  return earliest;
}

void Peer::time_passed(Effects& effects, const Surroundings& around) {
  if (link_) dispatch(effects, around, link_->time_passed(effects));
  if (recover_at_ && *recover_at_ <= effects.now()) recover(effects, around);
  if (unheard_ && unheard_->refresh_at <= effects.now()) refresh_unheard(effects);
  if (leaving_ && leaving_->until <= effects.now()) end_handover(effects);
}

// --- The rest ----------------------------------------------------------------------------------

// The path is left alone (setConfiguration counts from the next gathering on, RFC 9429 section
// 4.1.18). One that works needs nothing: a relay asks for credentials that count when an allocation
// is made, and refreshes it with those it was made with (coturn does, see
// tests/e2e/ice_rotation.test.mjs). One that is being mended takes them up with the next attempt;
// to begin that earlier would cut off the present one again and again where servers are renewed
// often.
void Peer::set_ice_servers(Effects& effects, const Surroundings& around) {
  if (link_) link_->gather_from(effects, around.ice_servers, link_->transport());
}

// Where there is no path without them, nobody should have to wait for as long as for a slow one.
void Peer::set_late_ice_servers(Effects& effects, const Surroundings& around) {
  set_ice_servers(effects, around);
  recover_in(effects, around, recovery(effects).disconnected_grace);
}

void Peer::close(Effects& effects) {
  if (link_) link_->close(effects);
  link_.reset();
  end_handover(effects);
  if (former_) effects.emit(output::CloseLink{*std::exchange(former_, std::nullopt)});
}

output::PeerView Peer::view() const {
  const auto newest = link_ ? std::optional(link_->id()) : std::nullopt;
  // What brings nothing more is not waited for: its last picture stays without it.
  const auto is_seen = leaving_ && !leaving_->interruption;
  return {record_.id,
          record_.name,
          record_.media,
          record_.presence,
          state_,
          interruption_,
          former_ ? former_ : newest,
          former_ ? newest : std::nullopt,
          is_seen ? std::optional(leaving_->link) : std::nullopt,
          record_.role};
}

}  // namespace parley
