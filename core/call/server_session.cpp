#include "core/call/server_session.h"

#include <algorithm>
#include <utility>

namespace parley {
namespace {

void send_to(Effects& effects, SocketId socket, const ClientMessage& message) {
  effects.emit(output::Send{socket, encode(message)});
}

// Why a Join was refused, or a participant is no longer one: errors and problems that a person can
// be told of have the same names.
Problem problem_of(ErrorCode code) {
  if (code == ErrorCode::TokenForOtherRoom) return Problem::TokenInvalid;
  constexpr auto names = names_of(Problem());
  const auto found = std::find(names.begin(), names.end(), name_of(code));
  return found == names.end() ? Problem::ServerRefused
                              : static_cast<Problem>(found - names.begin());
}

// The problems after which another attempt would end the same way.
std::optional<Problem> final_problem(std::uint16_t close_code) {
  for (const auto code :
       {ErrorCode::Replaced, ErrorCode::Removed, ErrorCode::Banned, ErrorCode::CallEnded,
        ErrorCode::UnsupportedVersion, ErrorCode::HelloRequired, ErrorCode::TooManyErrors,
        ErrorCode::NotText, ErrorCode::TooLarge}) {
    if (facts_of(code).close_code == close_code) return problem_of(code);
  }
  return std::nullopt;
}

Duration pause_after_shutdown(Effects& effects) {
  return ReconnectPolicy::jittered(effects.policies().reconnect.pause_after_shutdown,
                                   effects.random());
}

}  // namespace

void ServerSession::open(Effects& effects, const RoomId& room, const ClientName& client) {
  room_ = room;
  client_ = client;
  elsewhere_.reset();
  attempts_ = 0;
  enter_opening(effects);
}

void ServerSession::enter_opening(Effects& effects) {
  const auto socket = effects.next_socket();
  ++attempts_;
  state_ = Opening{socket, effects.now() + effects.policies().reconnect.patience(attempts_), {}};
  effects.emit(output::OpenSocket{socket, *room_, next_server()});
}

std::optional<Url> ServerSession::next_server() const {
  // Where the other server does not answer, the first one may be there again: they take turns.
  constexpr std::uint32_t attempts_elsewhere = 2;
  const bool takes_turns = attempts_ > attempts_elsewhere && attempts_ % 2 == 1;
  return takes_turns ? std::nullopt : elsewhere_;
}

void ServerSession::join(Effects& effects, const Join& join) {
  const auto socket = *this->socket();
  send_to(effects, socket, join);
  state_ = Joining{socket, effects.now() + answer_within};
}

void ServerSession::send(Effects& effects, const ClientMessage& message) {
  send_to(effects, *socket(), message);
}

void ServerSession::close(Effects& effects) {
  const auto open_socket = socket();
  if (state() == State::Joined || state() == State::Waiting || state() == State::Joining) {
    send_to(effects, *open_socket, Leave{});
  }
  close_sockets(effects);
  state_ = Closed{};
}

void ServerSession::close_sockets(Effects& effects) {
  give_up_successor(effects);
  if (const auto open_socket = socket()) effects.emit(output::CloseSocket{*open_socket});
  effects.set_joined_socket(std::nullopt);
}

// --- What the socket does ----------------------------------------------------------------------

std::optional<SessionEvent> ServerSession::socket_opened(Effects& effects, SocketId socket) {
  const bool was_joined = state() == State::Joined;
  const bool succeeds = successor() == socket;
  if (state() != State::Opening && !succeeds) return std::nullopt;
  if (succeeds) {
    effects.emit(output::CloseSocket{*this->socket()});
    effects.set_joined_socket(std::nullopt);
  } else {
    give_up_successor(effects);
  }
  send_to(effects, socket, Hello{{protocol_version}, client_});
  state_ = Greeting{socket, effects.now() + answer_within};
  return was_joined ? std::optional<SessionEvent>(session_event::Interrupted{}) : std::nullopt;
}

// Where there are two already, the older one has had its time.
SessionEvent ServerSession::open_another(Effects& effects) {
  auto& opening = std::get<Opening>(state_);
  if (opening.successor) {
    effects.emit(output::CloseSocket{opening.socket});
    opening.socket = *opening.successor;
  }
  opening.successor = effects.next_socket();
  opening.until = effects.now() + effects.policies().reconnect.patience(++attempts_);
  effects.emit(output::OpenSocket{*opening.successor, *room_, next_server()});
  return session_event::Interrupted{};
}

void ServerSession::give_up_successor(Effects& effects) {
  if (auto* const room = std::get_if<InRoom>(&state_)) room->successor_at.reset();
  auto* const slot = successor_slot();
  if (!slot || !*slot) return;
  effects.emit(output::CloseSocket{**slot});
  slot->reset();
}

std::optional<SessionEvent> ServerSession::socket_message(Effects& effects, SocketId,
                                                          std::string_view text) {
  if (auto* const current = watch()) *current = Watch{effects.now(), std::nullopt};
  give_up_successor(effects);
  auto message = decode_server_message(text);
  // A message of a newer server that this client does not know is none of its business.
  if (!message) return std::nullopt;
  return received(effects, std::move(*message));
}

std::optional<SessionEvent> ServerSession::socket_closed(Effects& effects, SocketId socket,
                                                         std::uint16_t code) {
  if (successor() == socket) {
    successor_slot()->reset();
    return std::nullopt;
  }
  if (const auto problem = final_problem(code)) return refuse(effects, *problem);
  if (auto* const opening = std::get_if<Opening>(&state_); opening && opening->successor) {
    opening->socket = *std::exchange(opening->successor, std::nullopt);
    return std::nullopt;
  }
  const bool shuts_down = code == facts_of(ErrorCode::ShuttingDown).close_code;
  return interrupt(effects, shuts_down ? pause_after_shutdown(effects) : next_pause(effects));
}

std::optional<SessionEvent> ServerSession::received(Effects& effects, ServerMessage message) {
  if (auto* const welcome = std::get_if<Welcome>(&message)) {
    if (welcome->version != protocol_version) return refuse(effects, Problem::ServerRefused);
    if (const auto* greeting = std::get_if<Greeting>(&state_)) {
      attempts_ = 0;
      state_ = Ready{greeting->socket, {effects.now(), std::nullopt}};
    }
    return session_event::Greeted{std::move(*welcome)};
  }
  if (auto* const joined = std::get_if<Joined>(&message)) {
    if (state() != State::Joining && state() != State::Waiting) return std::nullopt;
    const auto open_socket = *socket();
    attempts_ = 0;
    state_ = InRoom{open_socket, {effects.now(), std::nullopt}, {}, {}};
    effects.set_joined_socket(open_socket);
    return session_event::Entered{std::move(*joined)};
  }
  if (const auto* waiting = std::get_if<Waiting>(&message)) {
    if (state() < State::Joining || state() > State::Joined) return std::nullopt;
    attempts_ = 0;
    state_ = AtDoor{*socket(), {effects.now(), std::nullopt}};
    effects.set_joined_socket(std::nullopt);
    return session_event::MustWait{waiting->place};
  }
  if (const auto* back = std::get_if<ComeBack>(&message)) return step_aside(effects, *back);
  if (const auto* error = std::get_if<ErrorMessage>(&message)) {
    if (state() == State::Joining || state() == State::Waiting) {
      return refuse(effects, problem_of(error->code));
    }
    return std::nullopt;
  }
  // Nobody is told of others before being one of them; a server that does is not to be trusted.
  if (std::holds_alternative<Pong>(message) || state() != State::Joined) return std::nullopt;
  return session_event::Received{std::move(message)};
}

Duration ServerSession::next_pause(Effects& effects) const {
  return effects.policies().reconnect.pause(attempts_, effects.random());
}

SessionEvent ServerSession::step_aside(Effects& effects, const ComeBack& message) {
  close_sockets(effects);
  attempts_ = 0;
  if (message.server) elsewhere_ = message.server;
  const auto pause = std::min(Duration::milliseconds(message.after_milliseconds),
                              effects.policies().reconnect.longest_return);
  state_ = Returning{effects.now() + pause};
  return session_event::Interrupted{};
}

SessionEvent ServerSession::interrupt(Effects& effects, Duration pause) {
  close_sockets(effects);
  state_ = Pausing{effects.now() + pause};
  return session_event::Interrupted{};
}

SessionEvent ServerSession::refuse(Effects& effects, Problem problem) {
  close_sockets(effects);
  state_ = Closed{};
  return session_event::Refused{problem};
}

// --- Time --------------------------------------------------------------------------------------

std::optional<Timestamp> ServerSession::deadline() const {
  return std::visit(
      [](const auto& state) -> std::optional<Timestamp> {
        if constexpr (requires { state.until; }) {
          return state.until;
        } else {
          return std::nullopt;
        }
      },
      state_);
}

std::optional<Timestamp> ServerSession::next_timeout() const {
  const auto* const room = std::get_if<InRoom>(&state_);
  if (room && room->successor_at) return room->successor_at;
  if (const auto* current = watch()) {
    return current->heard + (current->pinged ? lost_after : ping_after);
  }
  return deadline();
}

std::optional<SessionEvent> ServerSession::time_passed(Effects& effects) {
  if (next_timeout().value_or(effects.now() + answer_within) > effects.now()) return std::nullopt;
  if (state() == State::Pausing || state() == State::Returning) {
    enter_opening(effects);
    return std::nullopt;
  }
  if (state() == State::Opening) return open_another(effects);
  if (auto* const room = std::get_if<InRoom>(&state_); room && room->successor_at) {
    room->successor_at.reset();
    room->successor = effects.next_socket();
    effects.emit(output::OpenSocket{*room->successor, *room_, next_server()});
    return std::nullopt;
  }
  auto* const current = watch();
  if (current && !current->pinged) {
    current->pinged = effects.now();
    // After a sleep both moments have passed: the server still gets the time to answer.
    current->heard = std::max(current->heard, effects.now() - ping_after);
    send_to(effects, *socket(), Ping{});
    return std::nullopt;
  }
  return interrupt(effects, next_pause(effects));
}

std::optional<SessionEvent> ServerSession::hint(Effects& effects, HintCause cause) {
  // Who was told when to come back would find nobody there before.
  if (state() == State::Closed || state() == State::Returning) return std::nullopt;
  if (state() == State::Pausing) {
    attempts_ = 0;
    enter_opening(effects);
    return std::nullopt;
  }
  if (watch()) {
    probe(effects);
    return std::nullopt;
  }
  // An attempt that is under way knows nothing of a page's visibility, but began on the network
  // that is gone.
  if (cause == HintCause::PageVisible) return std::nullopt;
  return interrupt(effects, Duration());
}

void ServerSession::network_is_back(Effects& effects) {
  if (const auto* const opening = std::get_if<Opening>(&state_)) {
    const auto begun = opening->until - effects.policies().reconnect.patience(attempts_);
    if (effects.now() < begun + begins_anew_after) return;
  } else if (state() != State::Pausing) {
    return;
  }
  close_sockets(effects);
  // Those without a network say nothing of the server.
  attempts_ = 0;
  enter_opening(effects);
}

void ServerSession::probe(Effects& effects) {
  auto* const current = watch();
  const auto heard = effects.now() - (lost_after - probe_within);
  if (!current || (current->pinged && current->heard <= heard)) return;
  *current = Watch{heard, effects.now()};
  send_to(effects, *socket(), Ping{});
  if (auto* const room = std::get_if<InRoom>(&state_); room && !room->successor) {
    room->successor_at = effects.now() + successor_after;
  }
}

bool ServerSession::is_in_trouble() const {
  switch (state()) {
    case State::Closed:
    case State::Ready:
    case State::Waiting:
    case State::Joined:
    case State::Returning:  // as announced
      return false;
    case State::Pausing:
      return true;
    case State::Opening:
    case State::Greeting:
    case State::Joining:
      return attempts_ > 1;
  }
  return false;
}

// --- Looking up --------------------------------------------------------------------------------

std::optional<SocketId> ServerSession::socket() const {
  return std::visit(
      [](const auto& state) -> std::optional<SocketId> {
        if constexpr (requires { state.socket; }) {
          return state.socket;
        } else {
          return std::nullopt;
        }
      },
      state_);
}

std::optional<SocketId>* ServerSession::successor_slot() {
  return std::visit(
      [](auto& state) -> std::optional<SocketId>* {
        if constexpr (requires { state.successor; }) {
          return &state.successor;
        } else {
          return nullptr;
        }
      },
      state_);
}

std::optional<SocketId> ServerSession::successor() const {
  const auto* const slot = const_cast<ServerSession*>(this)->successor_slot();
  return slot ? *slot : std::nullopt;
}

bool ServerSession::is_current(SocketId candidate) const {
  return socket() == candidate || successor() == candidate;
}

const ServerSession::Watch* ServerSession::watch() const {
  return std::visit(
      [](const auto& state) -> const Watch* {
        if constexpr (requires { state.watch; }) {
          return &state.watch;
        } else {
          return nullptr;
        }
      },
      state_);
}

ServerSession::Watch* ServerSession::watch() {
  return const_cast<Watch*>(std::as_const(*this).watch());
}

}  // namespace parley
