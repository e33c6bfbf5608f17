// Routing: which part of a call an input or a server's message belongs to. What follows for the
// person is in call_view.cpp.
#include "core/call/call.h"

#include <algorithm>
#include <utility>

#include "core/call/camera_divisor.h"

namespace parley {
namespace {

// Tells this page from others of the same participant. Apart from the jitter, which it must not
// shift.
std::uint32_t page_number(const CallOptions& options) {
  return static_cast<std::uint32_t>(Random(static_cast<std::uint64_t>(options.seed)).next());
}

}  // namespace

template <class Predicate>
void Call::drop_peers(Predicate is_gone) {
  for (auto& entry : peers_) {
    if (is_gone(entry)) entry.second.close(effects_);
  }
  std::erase_if(peers_, is_gone);
}

Call::Call(const CallOptions& options)
    : options_(options), effects_(static_cast<std::uint64_t>(options.seed), options.policies) {
  view_ = current_view();
}

void Call::handle(const Input& input, Timestamp now) {
  const auto due = next_deadline();
  const bool is_tick = std::holds_alternative<input::Tick>(input);
  const bool has_slept = clock_.advance(now, due ? std::optional(due->at) : std::nullopt, is_tick);
  effects_.set_now(clock_.now());
  // What is on its way may still be good; whatever is not is mended without waiting.
  if (has_slept) on(input::Hint{HintCause::PageVisible});
  std::visit([&](const auto& each) { on(each); }, input);
  join_when_ready();
  keep_spare_link();
  scale_camera();
  tell_server();
  show();
  check_invariants();
}

// --- The person --------------------------------------------------------------------------------

void Call::on(const input::Open& input) {
  if (is_open()) return ignore(input.type, "the call is open already");
  room_ = input.room;
  ticket_ = input.resume;
  if (ticket_) ticket_->arrival.reset();
  around_ = {};
  set_stage(Stage::Previewing);
  session_.open(effects_, *room_, options_.client);
  media_.open(effects_, input);
  prepare_offer();
}

void Call::on(const input::JoinRoom& input) {
  if (stage_ != Stage::Previewing) return ignore(input.type, "the call is not in preview");
  name_ = input.name;
  admission_.present(input);
  set_stage(Stage::InCall);
}

void Call::on(const input::LeaveRoom& input) {
  if (!is_open()) return ignore(input.type, "the call is not open");
  stop(Stage::Ended, std::nullopt);
}

void Call::on(const input::SetSending& input) {
  if (!is_open()) return ignore(input.type, "the call is not open");
  media_.set_sending(effects_, input.medium, input.on);
  if (input.on) admission_.unmuted(input.medium);
}

void Call::on(const input::ChooseDevice& input) {
  if (!is_open()) return ignore(input.type, "the call is not open");
  if (input.medium == Medium::Screen) return ignore(input.type, "the browser's picker chooses it");
  media_.choose(effects_, input.medium, input.device);
}

void Call::on(const input::SetName& input) { name_ = input.name; }

// --- Outcomes of actions -----------------------------------------------------------------------

void Call::on(const input::MediaAcquired& input) {
  if (!media_.owns(input.action)) return ignore(input.type, "no such action");
  media_.acquired(effects_, input);
}

void Call::on(const input::MediaFailed& input) {
  if (!media_.owns(input.action)) return ignore(input.type, "no such action");
  media_.failed(effects_, input.action, input.problem);
}

void Call::on(const input::ActionDone& input) {
  if (prepared_ && prepared_->owns(input.action)) {
    if (!prepared_->action_done(effects_, input.action, input.sdp)) discard_prepared_offer();
  } else if (auto* const peer = peer_of(input.action)) {
    peer->action_done(effects_, around_, input.action, input.sdp);
  } else {
    ignore(input.type, "no such action");
  }
}

void Call::on(const input::ActionFailed& input) {
  if (prepared_ && prepared_->owns(input.action)) {
    discard_prepared_offer();
  } else if (auto* const peer = peer_of(input.action)) {
    peer->action_failed(effects_, around_, input.action);
  } else {
    ignore(input.type, "no such action");
  }
}

// --- The WebSocket -----------------------------------------------------------------------------

void Call::on(const input::SocketOpened& input) {
  if (!session_.is_current(input.socket)) return ignore(input.type, "an old socket");
  dispatch(session_.socket_opened(effects_, input.socket));
}

void Call::on(const input::SocketMessage& input) {
  if (!session_.is_current(input.socket)) return ignore(input.type, "an old socket");
  dispatch(session_.socket_message(effects_, input.socket, input.text));
}

void Call::on(const input::SocketClosed& input) {
  if (!session_.is_current(input.socket)) return ignore(input.type, "an old socket");
  dispatch(session_.socket_closed(effects_, input.socket, input.code));
}

void Call::dispatch(const std::optional<SessionEvent>& event) {
  if (event) std::visit([&](const auto& each) { on_session(each); }, *event);
}

void Call::on_session(const session_event::Greeted& event) {
  // A participant was given its own, and one whose Join is on its way will be.
  if (self_ || !session_.can_join()) return;
  if (event.welcome.ice_servers == around_.ice_servers) return;
  around_.ice_servers = event.welcome.ice_servers;
  // An offer that was made without the servers has no candidates from them; as long as nobody has
  // it, another one is cheaper than an ICE restart.
  if (prepared_) {
    discard_prepared_offer();
    prepare_offer();
  }
}

void Call::on_session(const session_event::Entered& event) {
  const auto& joined = event.joined;
  const bool is_same = self_ == joined.id && around_.own_arrival == joined.arrival;
  const auto servers_before = around_.ice_servers;
  self_ = joined.id;
  ticket_ = Resume{joined.id, joined.resume.secret, joined.arrival};
  around_.own_arrival = joined.arrival;
  if (!is_same) close_peers();
  // Before anything is mended: the credentials of the time before may have expired meanwhile.
  set_ice_servers(joined.ice_servers, joined.ice_servers_expire_in_seconds);

  const auto is_listed = [&](const ParticipantId& id) {
    return std::any_of(joined.participants.begin(), joined.participants.end(),
                       [&](const Participant& record) { return record.id == id; });
  };
  // After the server was started anew the others are on their way back, too, and the peer
  // connections to them have gone on meanwhile.
  const bool may_return = joined.room_is == RoomAge::Restored;
  for (auto& [id, peer] : peers_) {
    if (!is_listed(id) && may_return) peer.miss(effects_);
  }
  drop_peers([&](const auto& entry) { return !is_listed(entry.first) && !may_return; });

  for (const auto& record : joined.participants) {
    if (const auto known = peers_.find(record.id); known != peers_.end()) {
      known->second.record_changed(effects_, around_, record);
      known->second.server_is_back(effects_, around_);
    } else if (joined.offer_to == record.id && prepared_) {
      adopt_prepared_offer(record, servers_before);
    } else {
      meet(record, std::nullopt);
    }
  }
  discard_prepared_offer();
  for (auto& action : admission_.entered(joined)) {
    session_.send(effects_, Moderate{std::move(action)});
  }
}

void Call::on_session(const session_event::Received& event) {
  std::visit([&](const auto& message) { on_message(message); }, event.message);
}

void Call::on_session(const session_event::Interrupted&) {
  told_.reset();
  // The offer may have gone out with a Join that was never answered.
  discard_prepared_offer();
  // Who is in a call waits for longer than who has not got in yet.
  const bool is_hopeless =
      effects_.policies().reconnect.gives_up(session_.attempts(), self_.has_value()) &&
      !any_peer_is(PeerState::Connected);
  if (stage_ == Stage::InCall && is_hopeless) {
    stop(Stage::Failed, Problem::ServerUnreachable);
  } else if (peers_.empty()) {
    prepare_offer();
  }
}

void Call::on_session(const session_event::Refused& event) {
  stop(event.problem == Problem::CallEnded ? Stage::Ended : Stage::Failed, event.problem);
}

// --- The server's messages ---------------------------------------------------------------------

void Call::on_message(const IceServersRenewed& message) {
  set_ice_servers(message.ice_servers, message.ice_servers_expire_in_seconds);
}

void Call::on_message(const ParticipantJoined& message) {
  const auto& record = message.participant;
  if (const auto known = peers_.find(record.id); known != peers_.end()) {
    known->second.record_changed(effects_, around_, record);
    return;
  }
  const bool offers_to_us = record.arrival > around_.own_arrival;
  meet(record, offers_to_us ? std::exchange(spare_, std::nullopt) : std::nullopt);
}

void Call::on_message(const ParticipantChanged& message) {
  const auto known = peers_.find(message.participant.id);
  if (known != peers_.end()) known->second.record_changed(effects_, around_, message.participant);
}

void Call::on_message(const ParticipantLeft& message) {
  admission_.received(message);
  drop_peers([&](const auto& entry) { return entry.first == message.id; });
}

void Call::on_message(const SignalFrom& message) {
  const auto known = peers_.find(message.from);
  // What the sender's page before this one said is void.
  if (known == peers_.end() || known->second.record().arrival != message.arrival) return;
  known->second.received(effects_, around_, message.payload);
}

void Call::on_message(const Notice& message) { effects_.emit(output::Notice{message.text}); }

// The session keeps the rest to itself.
template <class Other>
void Call::on_message(const Other& message) {
  if constexpr (requires { admission_.received(message); }) admission_.received(message);
}

// --- The peer connections ----------------------------------------------------------------------

void Call::on(const input::LinkCandidate& input) {
  if (prepared_ && prepared_->owns(input.link)) {
    prepared_->local_candidate(input.candidate);
  } else if (auto* const peer = peer_of(input.link)) {
    peer->local_candidate(effects_, input.link, input.candidate);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::LinkCandidatesEnd& input) {
  if (prepared_ && prepared_->owns(input.link)) {
    prepared_->local_candidates_end();
  } else if (auto* const peer = peer_of(input.link)) {
    peer->local_candidates_end(effects_, input.link);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::LinkPath& input) {
  if (auto* const peer = peer_of(input.link)) {
    peer->path_changed(effects_, around_, input.link, input.state);
    if (input.state == PathState::Connected) session_.network_is_back(effects_);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::LinkSilent& input) {
  auto* const peer = peer_of(input.link);
  if (!peer) return ignore(input.type, "no such link");
  peer->fell_silent(effects_, around_, input.link);
  // It may be the own network, and then the way to the server is gone, too.
  session_.probe(effects_);
}

void Call::on(const input::LinkHeard& input) {
  if (auto* const peer = peer_of(input.link)) {
    peer->heard_again(effects_, around_, input.link);
    session_.network_is_back(effects_);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::LinkPictured& input) {
  if (auto* const peer = peer_of(input.link)) {
    peer->pictures_came(effects_, input.link);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::LinkRerouted& input) {
  if (auto* const peer = peer_of(input.link)) {
    peer->rerouted(effects_, input.link);
  } else {
    ignore(input.type, "no such link");
  }
}

void Call::on(const input::MediaEnded& input) { media_.ended(effects_, input.medium); }

void Call::on(const input::MediaInterrupted& input) {
  const bool is_device = input.medium != Medium::Screen;
  if (!is_device || !media_.interrupted(input.medium, input.interrupted)) {
    ignore(input.type, "no such device is in use");
  }
}

void Call::on(const input::Devices& input) { media_.devices_changed(effects_, input); }

// --- Network and time --------------------------------------------------------------------------

void Call::on(const input::Hint& input) {
  if (input.cause == HintCause::PageVisible) media_.page_visible(effects_);
  dispatch(session_.hint(effects_, input.cause));
  for (auto& [id, peer] : peers_) peer.hint(effects_, around_, input.cause);
}

void Call::on(const input::Tick&) {
  dispatch(session_.time_passed(effects_));
  media_.time_passed(effects_);
  if (prepared_ && !prepared_->time_passed(effects_)) discard_prepared_offer();
  for (auto& [id, peer] : peers_) peer.time_passed(effects_, around_);
  drop_peers([&](const auto& entry) { return entry.second.is_overdue(effects_.now()); });
}

std::optional<Timeout> Call::next_timeout() const {
  auto next = next_deadline();
  if (next) next->at = clock_.to_host(next->at);
  return next;
}

std::optional<Timeout> Call::next_deadline() const {
  std::optional<Timeout> earliest;
  const auto consider = [&](std::optional<Timestamp> at, TimeoutReason reason) {
    if (at && (!earliest || *at < earliest->at)) earliest = Timeout{*at, reason};
  };
  consider(session_.next_timeout(), TimeoutReason::Server);
  consider(media_.next_timeout(), TimeoutReason::Media);
  if (prepared_) consider(prepared_->next_timeout(), TimeoutReason::Offer);
  for (const auto& [id, peer] : peers_) consider(peer.next_timeout(), TimeoutReason::Path);
  return earliest;
}

// --- Joining and ending ------------------------------------------------------------------------

void Call::set_stage(Stage next, std::optional<Problem> problem) {
  stage_ = next;
  problem_ = problem;
}

// Join travels with the offer, which saves a round trip; where it is still being made it is waited
// for, because without it the call could not begin either.
void Call::join_when_ready() {
  if (stage_ != Stage::InCall || !session_.can_join()) return;
  if (prepared_ && prepared_->is_making()) return;
  told_ = Update{name_, media_.sending()};
  if (ticket_) ticket_->attempt = Attempt{page_number(options_), session_.socket()->value()};
  Join join{*room_, name_, media_.sending(), ticket_, prepared_ ? prepared_->send() : std::nullopt};
  admission_.show_at_door(join);
  session_.join(effects_, join);
}

void Call::stop(Stage end, std::optional<Problem> problem) {
  session_.close(effects_);
  close_peers();
  discard_prepared_offer();
  media_.close(effects_);
  admission_.close();
  self_.reset();
  told_.reset();
  // What failed for want of a server may be taken up again; who left, or was replaced, is gone.
  if (problem != Problem::ServerUnreachable) ticket_.reset();
  set_stage(end, problem);
}

void Call::close_peers() {
  drop_peers([](const auto&) { return true; });
  if (spare_) spare_->close(effects_);
  spare_.reset();
}

void Call::set_ice_servers(const IceServers& servers,
                           std::optional<std::uint32_t> expire_in_seconds) {
  around_.ice_servers_until.reset();
  if (expire_in_seconds) {
    around_.ice_servers_until = effects_.now() + Duration::seconds(*expire_in_seconds);
  }
  if (around_.ice_servers == servers) return;
  around_.ice_servers = servers;
  if (spare_) spare_->gather_from(effects_, servers, Transport::All);
  for (auto& [id, peer] : peers_) peer.set_ice_servers(effects_, around_);
}

void Call::prepare_offer() { prepared_.emplace(effects_, around_.ice_servers); }

void Call::discard_prepared_offer() {
  if (prepared_) prepared_->close(effects_);
  prepared_.reset();
}

void Call::meet(const Participant& record, std::optional<Link> link) {
  peers_.emplace(record.id, Peer(effects_, around_, record, std::move(link)));
}

void Call::adopt_prepared_offer(const Participant& record, const IceServers& made_with) {
  auto [link, unsent] = prepared_->adopt();
  prepared_.reset();
  meet(record, std::move(link));
  if (made_with != around_.ice_servers) {
    peers_.at(record.id).set_late_ice_servers(effects_, around_);
  }
  for (auto& payload : unsent) effects_.signal(record.id, record.arrival, std::move(payload));
}

// A peer connection takes tens of milliseconds to make; who waits alone has the time.
void Call::keep_spare_link() {
  if (!peers_.empty()) {
    if (spare_) spare_->close(effects_);
    spare_.reset();
  } else if (session_.state() == ServerSession::State::Joined && !spare_) {
    spare_.emplace(effects_, LinkRole::Answering, around_.ice_servers);
  }
}

void Call::scale_camera() {
  if (!is_open()) return;  // nobody gets it
  const auto divisor = camera_divisor(peers_.size());
  if (divisor == std::exchange(camera_divisor_, divisor)) return;
  effects_.emit(output::ScaleCamera{divisor});
}

void Call::tell_server() {
  if (session_.state() != ServerSession::State::Joined) return;
  const Update current{name_, media_.sending()};
  if (told_ == current) return;
  session_.send(effects_, current);
  told_ = current;
}

Peer* Call::peer_of(ActionId action) {
  for (auto& [id, peer] : peers_) {
    if (peer.owns(action)) return &peer;
  }
  return nullptr;
}

Peer* Call::peer_of(LinkId link) {
  for (auto& [id, peer] : peers_) {
    if (peer.owns(link)) return &peer;
  }
  return nullptr;
}

void Call::ignore(std::string_view input, std::string_view reason) {
  effects_.emit(output::Ignored{std::string(input), std::string(reason)});
}

}  // namespace parley
