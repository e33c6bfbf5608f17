// What a person sees of a call, derived from the states of its parts, and what must hold in each.
#include <algorithm>
#include <cassert>

#include "core/call/call.h"

namespace parley {
namespace {

std::string_view sentence_of(Problem problem) {
  switch (problem) {
    case Problem::ServerUnreachable:
      return "The server cannot be reached. Check the connection and try again.";
    case Problem::ServerRefused:
      return "The server did not accept this page. Reload it; it may be out of date.";
    default:
      break;
  }
  // The others are errors of the protocol and have their names.
  constexpr auto names = names_of(ErrorCode());
  const auto found = std::find(names.begin(), names.end(), name_of(problem));
  if (found == names.end()) return "";
  return facts_of(static_cast<ErrorCode>(found - names.begin())).sentence;
}

}  // namespace

CallState Call::state() const {
  switch (stage_) {
    case Stage::Closed:
    case Stage::Previewing:
      return CallState::Idle;
    case Stage::Ended:
      return CallState::Ended;
    case Stage::Failed:
      return CallState::Failed;
    case Stage::InCall:
      break;
  }
  if (!self_) return CallState::Joining;
  if (session_.state() != ServerSession::State::Joined) return CallState::Reconnecting;
  if (peers_.empty()) return CallState::Waiting;
  if (any_peer_is(PeerState::Reconnecting)) return CallState::Reconnecting;
  if (any_peer_is(PeerState::Connecting)) return CallState::Connecting;
  if (any_peer_is(PeerState::Connected)) return CallState::Connected;
  return CallState::Reconnecting;
}

std::optional<Problem> Call::current_problem() const {
  if (problem_) return problem_;
  if (session_.is_in_trouble()) return Problem::ServerUnreachable;
  if (any_peer_is(PeerState::Failed)) return Problem::PathFailed;
  return std::nullopt;
}

output::View Call::current_view() const {
  output::View view;
  view.state = state();
  view.problem = current_problem();
  if (stage_ != Stage::Closed) view.room = room_;
  view.self = {self_, name_, media_.sending(), media_.interrupted()};
  for (const auto& [id, peer] : peers_) view.participants.push_back(peer.view());
  std::sort(view.participants.begin(), view.participants.end(),
            [&](const output::PeerView& left, const output::PeerView& right) {
              return peers_.at(left.id).record().arrival < peers_.at(right.id).record().arrival;
            });
  if (self_ && ticket_) {
    view.resume = ResumeTicket{ticket_->secret,
                               static_cast<std::uint32_t>(limits::resume_within.count_seconds())};
  }
  admission_.show(view);
  return view;
}

void Call::show() {
  auto next = current_view();
  if (next == view_) return;
  const bool has_changed = next.state != view_.state;
  view_ = std::move(next);
  effects_.emit(view_);
  if (has_changed && problem_) {
    effects_.emit(
        output::Report{*problem_, std::nullopt, std::nullopt, std::string(sentence_of(*problem_))});
  }
}

bool Call::any_peer_is(PeerState state) const {
  return std::any_of(peers_.begin(), peers_.end(),
                     [&](const auto& entry) { return entry.second.state() == state; });
}

// Asserted after every input in debug builds.
void Call::check_invariants() const {
#ifndef NDEBUG
  const bool is_joined = session_.state() == ServerSession::State::Joined;
  assert(is_joined == effects_.can_signal());
  assert(!is_joined || told_);
  switch (state()) {
    case CallState::Idle:
    case CallState::Ended:
    case CallState::Failed:
      assert(peers_.empty() && !spare_ && !self_ && !is_joined);
      break;
    case CallState::Joining:
      assert(peers_.empty() && !spare_ && !is_joined);
      break;
    case CallState::Waiting:
      assert(peers_.empty() && spare_ && is_joined && !prepared_);
      break;
    case CallState::Connecting:
    case CallState::Connected:
      assert(!peers_.empty() && is_joined && !prepared_);
      break;
    case CallState::Reconnecting:
      assert(self_ && ticket_);
      break;
  }
  if (stage_ == Stage::Ended || stage_ == Stage::Failed) {
    assert(session_.state() == ServerSession::State::Closed && !prepared_);
  }
#endif
}

}  // namespace parley
