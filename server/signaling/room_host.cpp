#include "server/signaling/room_host.h"

#include <algorithm>
#include <numeric>

namespace parley {
namespace {

std::optional<ErrorCode> error_in(const ServerMessage& message) {
  const auto* error = std::get_if<ErrorMessage>(&message);
  return error ? std::optional(error->code) : std::nullopt;
}

}  // namespace

RoomHost::RoomHost(Outbox& outbox, RoomOptions options, std::size_t max_rooms, Lives lives,
                   Ticketing ticketing)
    : outbox_(outbox),
      options_(options),
      max_rooms_(max_rooms),
      lives_(std::move(lives)),
      ticketing_(std::move(ticketing)) {}

void RoomHost::handle(const RoomId& room, RoomInput input, Timestamp now) {
  if (activity_ == Activity::Handling) {
    deferred_.emplace_back(room, std::move(input));
    return;
  }
  activity_ = Activity::Handling;
  process(room, std::move(input), now);
  while (!deferred_.empty()) {
    auto [id, next] = std::move(deferred_.front());
    deferred_.pop_front();
    process(id, std::move(next), now);
  }
  activity_ = Activity::Idle;
}

void RoomHost::tick(Timestamp now) {
  while (!wakeups_.empty() && wakeups_.begin()->first <= now) {
    const RoomId id = wakeups_.begin()->second;
    handle(id, room_input::Tick{}, now);
  }
}

std::optional<Timestamp> RoomHost::next_timeout() const {
  if (wakeups_.empty()) return std::nullopt;
  return wakeups_.begin()->first;
}

std::size_t RoomHost::participant_count() const {
  return std::accumulate(
      rooms_.begin(), rooms_.end(), std::size_t{0},
      [](std::size_t sum, const auto& hosted) { return sum + hosted.second.room.size(); });
}

const Room* RoomHost::find(const RoomId& room) const {
  const auto found = rooms_.find(room);
  return found == rooms_.end() || found->second.room.vacant() ? nullptr : &found->second.room;
}

std::vector<const Room*> RoomHost::after(const RoomId& name, std::size_t most) const {
  std::vector<const Room*> rooms;
  for (const auto& [id, hosted] : rooms_) {
    if (name < id && !hosted.room.vacant()) rooms.push_back(&hosted.room);
  }
  const auto end = rooms.begin() + static_cast<std::ptrdiff_t>(std::min(most, rooms.size()));
  std::partial_sort(rooms.begin(), end, rooms.end(),
                    [](const Room* left, const Room* right) { return left->id() < right->id(); });
  rooms.erase(end, rooms.end());
  return rooms;
}

void RoomHost::process(const RoomId& id, RoomInput input, Timestamp now) {
  auto hosted = rooms_.find(id);
  if (hosted == rooms_.end()) {
    if (!std::holds_alternative<room_input::Enter>(input) || rooms_.size() >= max_rooms_) {
      without_room(input);
      return;
    }
    options_.arrivals_after = lives_();
    hosted = rooms_.emplace(id, Hosted{Room(id, options_), std::nullopt}).first;
  }
  hosted->second.room.handle(std::move(input), now);
  carry_out(hosted->second.room);
  settle(hosted);
}

void RoomHost::carry_out(Room& room) {
  while (const auto output = room.poll()) {
    std::visit([&](const auto& each) { carry_out(room.id(), each); }, *output);
  }
}

void RoomHost::carry_out(const RoomId&, const room_output::Deliver& output) {
  deliver(output.connections, output.message);
}

void RoomHost::carry_out(const RoomId& room, const room_output::Answer& output) {
  connection_event::Answer answer{output.joined};
  answer.joined.resume.secret = ticketing_(room, output.joined.id, output.standing);
  outbox_.to_connection(output.connection, std::move(answer));
}

void RoomHost::carry_out(const RoomId& room, const room_output::RenewTicket& output) {
  deliver({output.connection},
          RoleChanged{role_of(output.standing), ticketing_(room, output.id, output.standing)});
}

void RoomHost::carry_out(const RoomId&, const room_output::RenewIceServers& output) {
  outbox_.to_connection(output.connection, connection_event::Renewal{output.id});
}

void RoomHost::carry_out(const RoomId&, const room_output::Refused& output) {
  outbox_.to_connection(output.connection, connection_event::Refusal{});
}

void RoomHost::carry_out(const RoomId&, const room_output::Dismiss& output) {
  outbox_.to_connection(output.connection, connection_event::Dismissal{output.close});
}

void RoomHost::carry_out(const RoomId& room, const room_output::Happened& output) {
  outbox_.happened(room, output.event);
}

void RoomHost::deliver(const std::vector<ConnectionId>& connections, const ServerMessage& message) {
  const connection_event::Delivery delivery{std::make_shared<const std::string>(encode(message)),
                                            error_in(message)};
  for (const ConnectionId connection : connections) outbox_.to_connection(connection, delivery);
}

// Drops the room or notes when it wants to be woken.
void RoomHost::settle(Rooms::iterator hosted) {
  auto& [id, entry] = *hosted;
  const auto wakeup = entry.room.next_timeout();
  if (wakeup != entry.wakeup) {
    if (entry.wakeup) wakeups_.erase({*entry.wakeup, id});
    if (wakeup) wakeups_.emplace(*wakeup, id);
    entry.wakeup = wakeup;
  }
  if (entry.room.empty()) rooms_.erase(hosted);
}

// An input for a room that does not exist: a join that would make one too many, or what a
// connection sent before it learnt that its room is gone.
void RoomHost::without_room(const RoomInput& input) {
  if (const auto* enter = std::get_if<room_input::Enter>(&input)) {
    outbox_.to_connection(enter->connection, connection_event::Refusal{});
    send_error(enter->connection, ErrorCode::ServerFull);
  } else if (const auto* received = std::get_if<room_input::Received>(&input)) {
    send_error(received->connection, ErrorCode::NotJoined);
  }
}

void RoomHost::send_error(ConnectionId connection, ErrorCode code) {
  deliver({connection}, make_error(code));
}

}  // namespace parley
