#include "server/signaling/session.h"

#include <algorithm>
#include <chrono>

#include "server/signaling/identity.h"

namespace parley {
namespace {

SharedText share(const ServerMessage& message) {
  return std::make_shared<const std::string>(encode(message));
}

}  // namespace

void Session::on_text(std::string_view text) {
  if (std::holds_alternative<Ended>(state_)) return;
  auto message = decode_client_message(text);
  if (!message) {
    complain(message.error());
    return;
  }
  if (std::holds_alternative<AwaitingHello>(state_) && !std::holds_alternative<Hello>(*message)) {
    fail(ErrorCode::HelloRequired);
    return;
  }
  std::visit([this](auto& each) { on(std::move(each)); }, *message);
}

void Session::on_event(const ConnectionEvent& event) {
  if (std::holds_alternative<Ended>(state_)) return;
  std::visit([this](const auto& each) { on(each); }, event);
}

void Session::on_hello_deadline() {
  if (std::holds_alternative<AwaitingHello>(state_)) fail(ErrorCode::HelloTimeout);
}

void Session::fail(ErrorCode code) { complain(make_error(code)); }

void Session::send_away(const ComeBack& message, const ErrorMessage& reason) {
  if (std::holds_alternative<Ended>(state_)) return;
  // Before hello nobody knows what the client understands.
  if (!std::holds_alternative<AwaitingHello>(state_)) wire_.send(share(message));
  complain(reason);
}

void Session::on_lost() {
  leave_room();
  state_ = Ended{};
}

void Session::on_page_gone() {
  if (std::holds_alternative<Seated>(state_)) on(Leave{});
  state_ = Ended{};
}

// --- Messages ----------------------------------------------------------------------------------

void Session::on(Hello message) {
  if (std::holds_alternative<Seated>(state_)) {
    complain(make_error(ErrorCode::AlreadyJoined));
    return;
  }
  if (std::ranges::find(message.versions, protocol_version) == message.versions.end()) {
    fail(ErrorCode::UnsupportedVersion);
    return;
  }
  state_ = Greeted{};
  wire_.send(host_.welcome());
}

void Session::on(Join message) {
  if (std::holds_alternative<Seated>(state_)) {
    complain(make_error(ErrorCode::AlreadyJoined));
    return;
  }
  const RoomId room = message.room;
  const auto now = ResumeTickets::Clock::now();
  // A ticket that is forged or too old is worth as much as none: the person comes in as somebody
  // new.
  const auto standing = message.resume ? host_.tickets().check(room, *message.resume, now)
                                       : std::optional<Standing>();
  if (!standing) message.resume.reset();
  std::optional<Pass> pass;
  if (const auto& key = host_.token_key(); key && message.token) {
    auto token = check_token(*key, message.token->value(), room,
                             std::chrono::floor<std::chrono::seconds>(now));
    if (token) {
      pass = Pass{std::move(token->identity), token->standing};
      if (token->name) message.name = std::move(*token->name);
    } else if (!standing) {
      // Who comes back may have been in the call for longer than its token is good.
      complain(make_error(token.error()));
      return;
    }
  }
  id_ = host_.renumber(id_);
  state_ = Seated{room};
  host_.to_room(room, room_input::Enter{id_, std::move(message), draw_participant_id(),
                                        standing.value_or(Standing::Guest), std::move(pass)});
}

void Session::on(Ping) {
  static const SharedText pong = share(Pong{});
  wire_.send(pong);
}

template <class RoomMessage>
void Session::on(RoomMessage message) {
  const auto* seated = std::get_if<Seated>(&state_);
  if (seated == nullptr) {
    complain(make_error(ErrorCode::NotJoined));
    return;
  }
  const RoomId room = seated->room;
  if constexpr (std::same_as<RoomMessage, Leave>) state_ = Greeted{};
  host_.to_room(room, room_input::Received{id_, std::move(message)});
}

// --- From the room -----------------------------------------------------------------------------

void Session::on(const connection_event::Delivery& event) {
  wire_.send(event.text);
  if (event.error) after_error(*event.error);
}

void Session::on(const connection_event::Answer& event) {
  Joined joined = event.joined;
  joined.ice_servers =
      host_.ice_servers().for_participant(joined.id, IceServerIssuer::Clock::now(), host_name_);
  wire_.send(share(joined));
}

void Session::on(const connection_event::Refusal&) { state_ = Greeted{}; }

void Session::on(const connection_event::Dismissal& event) {
  state_ = Greeted{};
  if (event.close) fail(*event.close);
}

void Session::on(const connection_event::Renewal& event) {
  const auto now = IceServerIssuer::Clock::now();
  wire_.send(share(host_.ice_servers().renewal(event.id, now, host_name_)));
}

// --- Errors ------------------------------------------------------------------------------------

void Session::complain(const ErrorMessage& error) {
  if (std::holds_alternative<Ended>(state_)) return;
  wire_.send(share(error));
  after_error(error.code);
}

void Session::after_error(ErrorCode code) {
  // Sending may itself have ended the session: the queue was full.
  if (std::holds_alternative<Ended>(state_)) return;
  host_.count_error(code);
  if (facts_of(code).close_code != 0) {
    leave_room();
    state_ = Ended{};
    wire_.close(code);
    return;
  }
  ++complaints_;
  if (complaints_ >= limits::errors_per_connection) fail(ErrorCode::TooManyErrors);
}

void Session::leave_room() {
  const auto* seated = std::get_if<Seated>(&state_);
  if (seated == nullptr) return;
  const RoomId room = seated->room;
  state_ = Greeted{};
  host_.to_room(room, room_input::Disconnected{id_});
}

}  // namespace parley
