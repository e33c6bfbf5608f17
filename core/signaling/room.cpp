#include "core/signaling/room.h"

#include <algorithm>

namespace parley {

Room::Room(RoomId id, RoomOptions options)
    : id_(std::move(id)), options_(options), last_arrival_(options_.arrivals_after) {}

void Room::handle(RoomInput input, Timestamp now) {
  std::visit([&](auto& each) { on(std::move(each), now); }, input);
  if (waiting_.take_news()) tell_of_who_waits();
}

std::optional<RoomOutput> Room::poll() {
  if (outputs_.empty()) return std::nullopt;
  return outputs_.take_front();
}

std::optional<Timestamp> Room::next_timeout() const {
  if (empty()) return std::nullopt;
  std::optional<Timestamp> earliest;
  const auto consider = [&](std::optional<Timestamp> at) {
    if (at && (!earliest || *at < *earliest)) earliest = at;
  };
  for (const auto& member : members_) {
    if (const auto* away = std::get_if<Away>(&member.presence)) consider(away->until);
    if (const auto* present = std::get_if<Present>(&member.presence)) consider(present->renew_at);
  }
  // That a young room settles can be seen when somebody comes.
  if (const auto* restoring = std::get_if<Restoring>(&life_)) consider(restoring->until);
  if (const auto* ended = std::get_if<Ended>(&life_)) consider(ended->until);
  return earliest;
}

// --- Inputs ------------------------------------------------------------------------------------

void Room::on(room_input::Received&& input, Timestamp now) {
  const auto sender = find(input.connection);
  if (sender != members_.end()) {
    std::visit([&](auto& message) { on_message(sender, std::move(message), now); }, input.message);
  } else if (!waiting_.has(input.connection)) {
    refuse(input.connection, ErrorCode::NotJoined);
  } else if (std::holds_alternative<Leave>(input.message)) {
    waiting_.take(input.connection);
    outputs_.push_back(room_output::Dismiss{input.connection, std::nullopt});
  }
  // What else comes from one who waits was sent before it knew.
}

void Room::on(const room_input::Disconnected& input, Timestamp now) {
  waiting_.take(input.connection);
  const auto member = find(input.connection);
  if (member == members_.end()) return;
  member->presence = Away{now + limits::resume_within};
  deliver_to_others(member->id, ParticipantChanged{record_of(*member)});
}

void Room::on(const room_input::Tick&, Timestamp now) {
  age(now);
  drop_overdue(now);
  renew_ice_servers(now);
}

void Room::on(const room_input::End&, Timestamp now) {
  // A room that has been ended is kept for no longer than it is already.
  if (!vacant()) end(now);
}

void Room::on(const room_input::Tell& input, Timestamp) {
  deliver_to_others({}, Notice{input.text});
}

void Room::drop_overdue(Timestamp now) {
  const auto is_overdue = [now](const Member& member) {
    const auto* away = std::get_if<Away>(&member.presence);
    return away && away->until <= now;
  };
  if (std::none_of(members_.begin(), members_.end(), is_overdue)) return;
  for (;;) {
    const auto member = std::find_if(members_.begin(), members_.end(), is_overdue);
    if (member == members_.end()) break;
    depart(member, LeaveReason::Lost);
  }
  after_departure(now);
}

void Room::renew_ice_servers(Timestamp now) {
  for (auto& member : members_) {
    auto* const present = std::get_if<Present>(&member.presence);
    if (!present || !present->renew_at || *present->renew_at > now) continue;
    present->renew_at = next_renewal(now);
    outputs_.push_back(room_output::RenewIceServers{present->connection, member.id});
  }
}

// Of ICE servers that are given now.
std::optional<Timestamp> Room::next_renewal(Timestamp now) const {
  if (!options_.ice_servers_expire_in_seconds) return std::nullopt;
  return now + Duration::seconds(*options_.ice_servers_expire_in_seconds) / renewed_in_a_life;
}

// --- Messages of a participant -----------------------------------------------------------------

void Room::on_message(Members::iterator sender, const Leave&, Timestamp now) {
  const auto connection = std::get<Present>(sender->presence).connection;
  depart(sender, LeaveReason::Left);
  outputs_.push_back(room_output::Dismiss{connection, std::nullopt});
  after_departure(now);
}

void Room::on_message(Members::iterator sender, const Update& message, Timestamp) {
  const auto before = record_of(*sender);
  if (message.name) sender->name = *message.name;
  if (message.media) sender->media = *message.media;
  if (record_of(*sender) == before) return;
  deliver_to_others(sender->id, ParticipantChanged{record_of(*sender)});
}

void Room::on_message(Members::iterator sender, SignalTo&& message, Timestamp) {
  const auto connection = std::get<Present>(sender->presence).connection;
  const auto addressee = find(message.to);
  // Somebody of the room's earlier life who is not back yet is as good as away.
  if (addressee == members_.end() && message.arrival <= options_.arrivals_after) return;
  if (addressee == members_.end() || addressee == sender) {
    refuse(connection, ErrorCode::UnknownParticipant, message.to.value());
    return;
  }
  // What was meant for an earlier page of the addressee would only confuse the present one. Neither
  // this nor an addressee that is away is the sender's fault: it will be told of the change, and
  // negotiates anew.
  if (message.arrival != addressee->arrival) return;
  if (const auto* present = std::get_if<Present>(&addressee->presence)) {
    deliver(present->connection,
            SignalFrom{sender->id, sender->arrival, std::move(message.payload)});
  }
}

// Hello, Join and Ping are dealt with before a message reaches the room; one that does reach it was
// sent in the wrong state.
template <class Other>
void Room::on_message(Members::iterator sender, const Other&, Timestamp) {
  refuse(std::get<Present>(sender->presence).connection, ErrorCode::AlreadyJoined,
         std::string(Other::type));
}

// --- Coming and going --------------------------------------------------------------------------

// The arrivals of this room's life are past options_.arrivals_after. Who left in this life and
// comes back is a new arrival: the others have closed their peer connections to the one before.
bool Room::is_of_an_earlier_life(const Resume& ticket) const {
  return ticket.arrival && *ticket.arrival <= options_.arrivals_after &&
         std::none_of(members_.begin(), members_.end(),
                      [&](const Member& member) { return member.arrival == *ticket.arrival; });
}

void Room::seat(const Candidacy& candidacy, Timestamp now) {
  // The same person may still wait over the connection before this one.
  if (const auto before = waiting_.take(candidacy.id)) {
    refuse(before->connection, ErrorCode::Replaced);
    outputs_.push_back(room_output::Dismiss{before->connection, ErrorCode::Replaced});
  }
  const auto& ticket = candidacy.join.resume;
  auto arrival = last_arrival_.next();
  if (ticket && is_of_an_earlier_life(*ticket)) {
    arrival = *ticket->arrival;
  } else {
    last_arrival_ = arrival;
  }
  auto standing = candidacy.standing;
  if (options_.authentication == Authentication::Open) {
    standing = std::max(standing, Standing::Successor);
  }
  book_.forget(candidacy.id);
  if (members_.empty() && !std::holds_alternative<Restoring>(life_)) {
    life_ = Young{now + limits::resume_within};
  }
  if (members_.empty()) record(room_event::Started{});
  const auto later = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& member) { return member.arrival > arrival; });
  const auto member =
      members_.insert(later, {candidacy.id, standing, candidacy.identity, candidacy.before, arrival,
                              candidacy.join.name, candidacy.join.media,
                              Present{candidacy.connection, next_renewal(now)}, candidacy.attempts,
                              candidacy.arrival_before, now});
  record(room_event::CameIn{record_of(*member), member->identity});
  deliver_to_others(member->id, ParticipantJoined{record_of(*member)});
  greet(member, candidacy.join.offer);
}

// The same participant on a new connection.
void Room::readmit(Members::iterator member, const Candidacy& candidacy, Timestamp now) {
  const auto& join = candidacy.join;
  const auto arrival = arrival_for(*member, *join.resume);
  if (!arrival) {
    refuse(candidacy.connection, ErrorCode::Replaced);
    outputs_.push_back(room_output::Dismiss{candidacy.connection, ErrorCode::Replaced});
    return;
  }
  if (const auto* present = std::get_if<Present>(&member->presence)) {
    outputs_.push_back(room_output::Dismiss{present->connection, ErrorCode::Replaced});
  }
  if (*arrival == member->arrival && record_of(*member).presence == Presence::Here) {
    // A connection that had died unnoticed took with it what was sent to it last: the others must
    // know that this participant was gone. To a new page they begin anew anyway.
    auto record = record_of(*member);
    record.presence = Presence::Away;
    deliver_to_others(member->id, ParticipantChanged{std::move(record)});
  }
  member->presence = Present{candidacy.connection, next_renewal(now)};
  member->name = join.name;
  member->media = join.media;
  member->attempts.add(candidacy.attempts.last());
  if (*arrival != member->arrival) member->arrival_before.reset();
  last_arrival_ = std::max(last_arrival_, *arrival);
  member = move_to(member, *arrival);
  deliver_to_others(member->id, ParticipantChanged{record_of(*member)});
  greet(member, join.offer);
}

// The arrival of a page that comes back as `member`; nothing where the participant has gone on in
// another page, or over a later connection of this one, which stays. A page that kept its peer
// connections is the same arrival; a new one has nothing to keep and arrives anew, so that it
// offers to everyone.
std::optional<Arrival> Room::arrival_for(const Member& member, const Resume& ticket) const {
  // What waited in the network until it was overtaken.
  if (member.attempts.have_overtaken(ticket.attempt)) return std::nullopt;
  if (!ticket.arrival) return last_arrival_.next();
  // The server was started anew, and an older page of this participant was the first to come back.
  if (*ticket.arrival > member.arrival && is_of_an_earlier_life(ticket)) return ticket.arrival;
  // A page that arrived anew does not know it yet where the answer got lost.
  if (member.attempts.is_of_last_page(ticket.attempt) || ticket.arrival == member.arrival ||
      ticket.arrival == member.arrival_before) {
    return member.arrival;
  }
  return std::nullopt;
}

// Gives a member an arrival, not before its own, and its place among the others.
Room::Members::iterator Room::move_to(Members::iterator member, Arrival arrival) {
  member->arrival = arrival;
  const auto later = std::find_if(std::next(member), members_.end(),
                                  [&](const Member& other) { return other.arrival > arrival; });
  std::rotate(member, std::next(member), later);
  return std::prev(later);
}

// Gives the one who came the whole answer, and its offer to the first who can take it: one who is
// there and arrived earlier. The others know of the newcomer by now, so that the offer is an
// ordinary signal to them.
void Room::greet(Members::iterator member, const std::optional<Offer>& offer) {
  Joined joined;
  joined.room = id_;
  joined.id = member->id;
  joined.arrival = member->arrival;
  joined.ice_servers_expire_in_seconds = options_.ice_servers_expire_in_seconds;
  joined.limits = options_.limits;
  if (member->arrival <= options_.arrivals_after) joined.room_is = RoomAge::Restored;
  joined.resume.within_seconds = static_cast<std::uint32_t>(limits::resume_within.count_seconds());
  if (member->standing == Standing::Host) joined.role = Role::Host;
  // Nobody knows them before a host has said.
  if (!std::holds_alternative<Restoring>(life_)) joined.settings = settings();
  for (const auto& other : members_) {
    if (other.id == member->id) continue;
    joined.participants.push_back(record_of(other));
    const auto* present = std::get_if<Present>(&other.presence);
    if (!offer || joined.offer_to || !present || other.arrival > member->arrival) continue;
    joined.offer_to = other.id;
    deliver(present->connection, SignalFrom{member->id, member->arrival, *offer});
  }
  const auto connection = std::get<Present>(member->presence).connection;
  outputs_.push_back(room_output::Answer{connection, member->standing, std::move(joined)});
  if (member->standing == Standing::Host) tell_host_of_who_waits(connection);
}

void Room::depart(Members::iterator member, LeaveReason reason) {
  const auto departed = std::move(*member);
  const auto& id = departed.id;
  book_.left({id, departed.standing, departed.identity});
  members_.erase(member);
  deliver_to_others(id, ParticipantLeft{id, reason});
  record_departure(departed, reason == LeaveReason::Left ? Departure::Left : Departure::Lost);
  if (members_.empty()) record(room_event::Over{});
}

void Room::record(RoomEvent event) { outputs_.push_back(room_output::Happened{std::move(event)}); }

void Room::record_departure(const Member& member, Departure why) {
  record(room_event::WentOut{record_of(member), member.identity, why});
}

// --- Looking up and telling --------------------------------------------------------------------

Room::Members::iterator Room::find(const ParticipantId& id) {
  return std::find_if(members_.begin(), members_.end(),
                      [&](const Member& member) { return member.id == id; });
}

Room::Members::iterator Room::find(ConnectionId connection) {
  return std::find_if(members_.begin(), members_.end(), [&](const Member& member) {
    const auto* present = std::get_if<Present>(&member.presence);
    return present && present->connection == connection;
  });
}

std::vector<Attendance> Room::attendances() const {
  std::vector<Attendance> attendances;
  attendances.reserve(members_.size());
  for (const auto& member : members_) {
    attendances.push_back({record_of(member), member.identity, member.since});
  }
  return attendances;
}

Participant Room::record_of(const Member& member) {
  const bool here = std::holds_alternative<Present>(member.presence);
  return {member.id,
          member.arrival,
          member.name,
          member.media,
          here ? Presence::Here : Presence::Away,
          member.standing == Standing::Host ? std::optional(Role::Host) : std::nullopt};
}

void Room::deliver(ConnectionId connection, ServerMessage message) {
  outputs_.push_back(room_output::Deliver{{connection}, std::move(message)});
}

void Room::deliver_to_others(const ParticipantId& except, ServerMessage message) {
  std::vector<ConnectionId> connections;
  for (const auto& member : members_) {
    const auto* present = std::get_if<Present>(&member.presence);
    if (present && member.id != except) connections.push_back(present->connection);
  }
  if (connections.empty()) return;
  outputs_.push_back(room_output::Deliver{std::move(connections), std::move(message)});
}

void Room::refuse(ConnectionId connection, ErrorCode code, std::optional<std::string> about) {
  deliver(connection, make_error(code, std::move(about)));
}

}  // namespace parley
