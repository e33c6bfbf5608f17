#include "tests/simulation/fake_server.h"

#include <charconv>
#include <utility>

namespace parley::simulation {
namespace {

const RoomId the_room{"simulated"};

}  // namespace

FakeServer::FakeServer() : room_(the_room, RoomOptions{}) {}

void FakeServer::give_relay(std::uint32_t seconds) {
  relay_life_ = seconds;
  room_ = Room(the_room, room_options());
}

RoomOptions FakeServer::room_options() const {
  RoomOptions options;
  options.ice_servers_expire_in_seconds = relay_life_;
  return options;
}

IceServers FakeServer::ice_servers_for(const ParticipantId& id, Timestamp now) const {
  if (!relay_life_) return {};
  const auto until = now + Duration::seconds(*relay_life_);
  const auto seconds = (until - Timestamp()).count_seconds();
  IceServer relay;
  relay.urls.push_back(Url("turn:relay.example"));
  relay.username = Credential(std::to_string(seconds) + ":" + id.value());
  return {relay};
}

void FakeServer::restart(Timestamp back) {
  // More arrivals than any life of a simulated room has.
  constexpr std::uint32_t arrivals_of_a_life = 1000;
  auto options = room_options();
  options.arrivals_after = Arrival(++last_life_ * arrivals_of_a_life);
  room_ = Room(the_room, options);
  sessions_.clear();
  seated_.clear();
  with_ticket_.clear();
  expelled_.clear();
  back_ = back;
}

ConnectionId FakeServer::accept() {
  sessions_[++last_connection_] = Session::AwaitsHello;
  return last_connection_;
}

void FakeServer::received(Wire& wire, ConnectionId connection, const std::string& text,
                          Timestamp now) {
  const auto session = sessions_.find(connection);
  if (session == sessions_.end()) return;
  const auto decoded = decode_client_message(text);
  if (!decoded) return wire.violation("the server cannot read: " + text);
  if (std::holds_alternative<Hello>(*decoded)) {
    session->second = Session::Greeted;
    wire.send_down(connection, Text{encode(ServerMessage(Welcome{1, ClientName("sim"), {}}))});
  } else if (std::holds_alternative<Ping>(*decoded)) {
    wire.send_down(connection, Text{encode(ServerMessage(Pong{}))});
  } else if (const auto* join = std::get_if<Join>(&*decoded)) {
    if (session->second != Session::Greeted) return wire.violation("join before hello, or twice");
    enter_room(connection, *join, now);
  } else if (session->second == Session::InRoom) {
    const auto* moderate = std::get_if<Moderate>(&*decoded);
    is_admitting_ = moderate && std::holds_alternative<host_action::Admit>(moderate->action);
    room_.handle(room_input::Received{connection, *decoded}, now + clock_ahead_);
  }
  carry_out(wire, now);
  is_admitting_ = false;
}

void FakeServer::enter_room(ConnectionId connection, Join join, Timestamp now) {
  const auto here = now + clock_ahead_;
  sessions_.at(connection) = Session::InRoom;
  const auto ticket = join.resume ? check(*join.resume, here) : std::optional<Standing>();
  if (ticket) with_ticket_.insert(connection);
  if (!ticket) join.resume.reset();
  const ParticipantId fresh("p" + std::to_string(++last_identity_));
  room_.handle(
      room_input::Enter{connection, std::move(join), fresh, ticket.value_or(Standing::Guest)},
      here);
}

// The tabs are honest, so that a ticket needs no signature here; until when it is good and what its
// holder may do stand in it as in a real one.
Secret FakeServer::issue(const ParticipantId& id, Standing standing, Timestamp now) const {
  const auto until = now + tickets_good_for_;
  return Secret(std::to_string(until.count_microseconds()) + " " +
                std::to_string(static_cast<int>(standing)) + " for " + id.value());
}

std::optional<Standing> FakeServer::check(const Resume& ticket, Timestamp now) {
  const std::string_view text = ticket.secret.value();
  std::int64_t until = 0;
  const auto* const end = std::from_chars(text.data(), text.data() + text.size(), until).ptr;
  if (now.count_microseconds() >= until) return std::nullopt;
  return static_cast<Standing>(end[1] - '0');
}

bool FakeServer::lost(Wire& wire, ConnectionId connection, Timestamp now) {
  if (sessions_.erase(connection) == 0) return false;
  room_.handle(room_input::Disconnected{connection}, now + clock_ahead_);
  carry_out(wire, now);
  return true;
}

std::optional<Timestamp> FakeServer::next_timeout() const {
  const auto timeout = room_.next_timeout();
  return timeout ? std::optional(*timeout - clock_ahead_) : std::nullopt;
}

void FakeServer::tick(Wire& wire, Timestamp now) {
  room_.handle(room_input::Tick{}, now + clock_ahead_);
  carry_out(wire, now);
}

void FakeServer::carry_out(Wire& wire, Timestamp now) {
  while (const auto output = room_.poll()) {
    if (const auto* deliver = std::get_if<room_output::Deliver>(&*output)) {
      const auto text = encode(deliver->message);
      for (const auto connection : deliver->connections) wire.send_down(connection, Text{text});
    } else if (const auto* answer = std::get_if<room_output::Answer>(&*output)) {
      auto joined = answer->joined;
      // What was decided in a room ends with it.
      if (joined.participants.empty()) expelled_.clear();
      check_entry(wire, answer->connection, joined);
      seated_[answer->connection] = joined.id;
      joined.resume.secret = issue(joined.id, answer->standing, now + clock_ahead_);
      joined.ice_servers = ice_servers_for(joined.id, now);
      wire.send_down(answer->connection, Text{encode(ServerMessage(joined))});
    } else if (const auto* ticket = std::get_if<room_output::RenewTicket>(&*output)) {
      const RoleChanged changed{role_of(ticket->standing),
                                issue(ticket->id, ticket->standing, now + clock_ahead_)};
      wire.send_down(ticket->connection, Text{encode(ServerMessage(changed))});
    } else if (const auto* renew = std::get_if<room_output::RenewIceServers>(&*output)) {
      const IceServersRenewed renewed{ice_servers_for(renew->id, now), relay_life_};
      wire.send_down(renew->connection, Text{encode(ServerMessage(renewed))});
    } else if (const auto* refused = std::get_if<room_output::Refused>(&*output)) {
      sessions_[refused->connection] = Session::Greeted;
    } else if (const auto* dismiss = std::get_if<room_output::Dismiss>(&*output)) {
      sessions_[dismiss->connection] = Session::Greeted;
      if (!dismiss->close) continue;
      const auto seated = seated_.find(dismiss->connection);
      if (seated != seated_.end() && *dismiss->close != ErrorCode::Replaced) {
        expelled_.insert(seated->second);
      }
      wire.send_down(dismiss->connection, Closed{facts_of(*dismiss->close).close_code});
      sessions_.erase(dismiss->connection);
    }
  }
}

void FakeServer::check_entry(Wire& wire, ConnectionId connection, const Joined& joined) const {
  if (expelled_.contains(joined.id)) wire.violation("who was expelled is back");
  const bool is_invited = is_admitting_ || with_ticket_.contains(connection) || room_.size() == 1;
  if (room_.settings().door != Door::Open && !is_invited) {
    wire.violation("somebody came in whom nobody admitted");
  }
}

}  // namespace parley::simulation
