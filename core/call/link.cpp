#include "core/call/link.h"

#include <algorithm>
#include <utility>

namespace parley {

Link::Link(Effects& effects, LinkRole role, const IceServers& ice_servers)
    : id_(effects.next_link()), role_(role) {
  effects.emit(output::CreateLink{id_, role_, ice_servers});
}

// --- What is asked of the link -----------------------------------------------------------------

void Link::gather_from(Effects& effects, const IceServers& ice_servers, Transport transport) {
  transport_ = transport;
  effects.emit(output::SetIceServers{id_, ice_servers, transport});
}

void Link::make_offer(Effects& effects, bool restart_ice) {
  if (restart_ice) effects.emit(output::RestartIce{id_});
  const auto pending = begin_action(effects);
  effects.emit(output::SetLocal{pending.action, id_, DescriptionKind::Offer});
  negotiation_ = SettingLocalOffer{pending};
}

void Link::take_offer(Effects& effects, const Offer& offer) {
  const auto pending = begin_action(effects);
  effects.emit(output::SetRemote{pending.action, id_, DescriptionKind::Offer, offer.sdp});
  negotiation_ = SettingRemoteOffer{pending, offer};
}

bool Link::take_answer(Effects& effects, const Answer& answer) {
  if (!awaits(answer.id)) return false;
  const auto pending = begin_action(effects);
  effects.emit(output::SetRemote{pending.action, id_, DescriptionKind::Answer, answer.sdp});
  negotiation_ = SettingRemoteAnswer{pending, answer.sdp};
  return true;
}

void Link::take_candidate(Effects& effects, Candidate candidate) {
  if (state() == State::Broken) return;
  add(effects, remote_candidates_.arrived(std::move(candidate)));
}

void Link::admit_candidates(Effects& effects, const Offer& offer) {
  add(effects, remote_candidates_.description_set(offer.sdp));
  for (const auto& candidate : offer.candidates) take_candidate(effects, candidate);
}

// --- Outcomes ----------------------------------------------------------------------------------

std::optional<LinkEvent> Link::done(Effects& effects, const SettingLocalOffer&,
                                    const std::optional<Sdp>& sdp) {
  if (!sdp) return break_down();
  const auto offer = effects.next_offer();
  local_generation_ = ice_fragment(sdp->value());
  negotiation_ = Offered{offer};
  return link_event::OfferMade{offer, *sdp};
}

std::optional<LinkEvent> Link::done(Effects& effects, const SettingRemoteOffer& state,
                                    const std::optional<Sdp>&) {
  const auto offer = state.offer;
  const auto pending = begin_action(effects);
  effects.emit(output::SetLocal{pending.action, id_, DescriptionKind::Answer});
  negotiation_ = SettingLocalAnswer{pending, offer};
  return std::nullopt;
}

std::optional<LinkEvent> Link::done(Effects&, const SettingLocalAnswer& state,
                                    const std::optional<Sdp>& sdp) {
  if (!sdp) return break_down();
  const auto offer = state.offer;
  local_generation_ = ice_fragment(sdp->value());
  negotiation_ = Settled{};
  was_settled_ = true;
  return link_event::AnswerMade{offer, *sdp};
}

std::optional<LinkEvent> Link::done(Effects& effects, const SettingRemoteAnswer& state,
                                    const std::optional<Sdp>&) {
  const auto sdp = state.sdp;
  negotiation_ = Settled{};
  was_settled_ = true;
  add(effects, remote_candidates_.description_set(sdp));
  return link_event::Settled{};
}

template <class NotPending>
std::optional<LinkEvent> Link::done(Effects&, const NotPending&, const std::optional<Sdp>&) {
  return std::nullopt;
}

std::optional<LinkEvent> Link::action_done(Effects& effects, ActionId action,
                                           const std::optional<Sdp>& sdp) {
  if (adding_.erase(action) > 0) return std::nullopt;
  // A copy, because the outcome replaces the state it was waited for in.
  const auto waiting = negotiation_;
  return std::visit([&](const auto& state) { return done(effects, state, sdp); }, waiting);
}

std::optional<LinkEvent> Link::action_failed(Effects&, ActionId action) {
  // One candidate that the browser cannot use (an address family it lacks, say) is no loss.
  if (adding_.erase(action) > 0) return std::nullopt;
  return break_down();
}

LinkEvent Link::break_down() {
  const auto before = std::exchange(negotiation_, Broken{});
  adding_.clear();
  return std::visit(
      [](const auto& state) -> LinkEvent {
        if constexpr (requires { state.offer.sdp; }) {
          return link_event::Broke{state.offer};
        } else {
          return link_event::Broke{std::nullopt};
        }
      },
      before);
}

// --- Deadlines ---------------------------------------------------------------------------------

std::optional<Timestamp> Link::next_timeout() const {
  std::optional<Timestamp> earliest;
  if (const auto* pending = pending_description()) earliest = pending->until;
  for (const auto& [action, until] : adding_) {
    if (!earliest || until < *earliest) earliest = until;
  }
  return earliest;
}

std::optional<LinkEvent> Link::time_passed(Effects& effects) {
  std::erase_if(adding_, [&](const auto& entry) { return entry.second <= effects.now(); });
  const auto* pending = pending_description();
  if (!pending || pending->until > effects.now()) return std::nullopt;
  return break_down();
}

// --- Looking up --------------------------------------------------------------------------------

bool Link::owns(ActionId action) const {
  const auto* pending = pending_description();
  return adding_.contains(action) || (pending && pending->action == action);
}

const Link::Pending* Link::pending_description() const {
  return std::visit(
      [](const auto& state) -> const Pending* {
        if constexpr (requires { state.pending; }) {
          return &state.pending;
        } else {
          return nullptr;
        }
      },
      negotiation_);
}

bool Link::awaits(OfferId offer) const {
  const auto* offered = std::get_if<Offered>(&negotiation_);
  return offered && offered->offer == offer;
}

bool Link::is_offering() const {
  return state() == State::SettingLocalOffer || state() == State::Offered;
}

bool Link::is_idle() const {
  return state() == State::Fresh || state() == State::Offered || state() == State::Settled;
}

Link::Pending Link::begin_action(Effects& effects) {
  return {effects.next_action(), effects.now() + action_within};
}

void Link::add(Effects& effects, std::vector<Candidate> candidates) {
  for (auto& candidate : candidates) {
    const auto pending = begin_action(effects);
    adding_.emplace(pending.action, pending.until);
    effects.emit(output::AddCandidate{pending.action, id_, std::move(candidate)});
  }
}

}  // namespace parley
