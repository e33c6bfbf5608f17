// What hosts do, and who is one.
#include <algorithm>

#include "core/signaling/room.h"

namespace parley {

void Room::on_message(Members::iterator sender, const Moderate& message, Timestamp now) {
  if (sender->standing != Standing::Host) {
    const auto type = std::visit([](const auto& each) { return each.type; }, message.action);
    return refuse(std::get<Present>(sender->presence).connection, ErrorCode::NotAllowed,
                  std::string(type));
  }
  std::visit([&](const auto& action) { act(sender, action, now); }, message.action);
}

// --- Those who wait ----------------------------------------------------------------------------

void Room::act(Members::iterator host, const host_action::Admit& action, Timestamp now) {
  const auto connection = std::get<Present>(host->presence).connection;
  if (waiting_.empty() && !action.id) return;
  do {
    if (is_full()) {
      refuse(connection, ErrorCode::RoomFull, std::string(action.type));
      break;
    }
    const auto admitted = waiting_.take(action.id ? *action.id : waiting_.all().front().id);
    if (!admitted) return refuse(connection, ErrorCode::UnknownParticipant, action.id->value());
    seat(*admitted, now);
  } while (!action.id && !waiting_.empty());
}

void Room::act(Members::iterator host, const host_action::Refuse& action, Timestamp) {
  const auto refused = waiting_.take(action.id);
  if (!refused) {
    return refuse(std::get<Present>(host->presence).connection, ErrorCode::UnknownParticipant,
                  action.id.value());
  }
  turn_away(refused->connection, ErrorCode::NotAdmitted);
}

// --- Those who are in --------------------------------------------------------------------------

void Room::act(Members::iterator host, const host_action::Remove& action, Timestamp now) {
  expel(host, action.id, Voided::Removed, now);
}

void Room::act(Members::iterator host, const host_action::Ban& action, Timestamp now) {
  expel(host, action.id, Voided::Banned, now);
}

// One who is not in the room, too: the ticket that it may have counts no more.
void Room::expel(Members::iterator host, const ParticipantId& id, Voided why, Timestamp now) {
  const auto by = host->id;
  if (id == by) {
    return refuse(std::get<Present>(host->presence).connection, ErrorCode::UnknownParticipant,
                  id.value());
  }
  const auto code = why == Voided::Banned ? ErrorCode::Banned : ErrorCode::Removed;
  std::optional<Identity> identity;
  if (const auto visitor = waiting_.take(id)) {
    identity = visitor->identity;
    turn_away(visitor->connection, code);
  } else if (const auto member = find(id); member != members_.end()) {
    const auto expelled = std::move(*member);
    identity = expelled.identity;
    if (const auto* present = std::get_if<Present>(&expelled.presence)) {
      outputs_.push_back(room_output::Dismiss{present->connection, code});
    }
    members_.erase(member);
    deliver_to_others(id, ParticipantLeft{id, LeaveReason::Left, by});
    record_departure(expelled, why == Voided::Banned ? Departure::Banned : Departure::Removed);
  } else if (const auto* former = book_.find_former(id)) {
    identity = former->identity;
  }
  book_.make_void(id, why);
  if (why == Voided::Banned) ban(identity);
  after_departure(now);
}

// Who came without a token can come again as somebody else; a host will see them at the door.
void Room::ban(const std::optional<Identity>& identity) {
  if (identity) return book_.ban(*identity);
  const auto before = settings();
  door_.let_nobody_in_unseen();
  tell_settings_if_changed(before);
}

void Room::act(Members::iterator host, const host_action::Mute& action, Timestamp) {
  if (action.id && find(*action.id) == members_.end()) {
    return refuse(std::get<Present>(host->presence).connection, ErrorCode::UnknownParticipant,
                  action.id->value());
  }
  std::vector<ConnectionId> asked;
  for (const auto& member : members_) {
    const bool is_meant = action.id ? member.id == *action.id : member.id != host->id;
    const auto* present = std::get_if<Present>(&member.presence);
    if (is_meant && present) asked.push_back(present->connection);
  }
  if (asked.empty()) return;
  outputs_.push_back(
      room_output::Deliver{std::move(asked), MuteRequested{action.medium, host->id}});
}

void Room::act(Members::iterator host, const host_action::MakeHost& action, Timestamp) {
  const auto member = find(action.id);
  if (member == members_.end()) {
    return refuse(std::get<Present>(host->presence).connection, ErrorCode::UnknownParticipant,
                  action.id.value());
  }
  if (member->standing != Standing::Host) promote(member);
}

// --- The room ----------------------------------------------------------------------------------

void Room::act(Members::iterator, const host_action::Configure& action, Timestamp now) {
  const auto before = settings();
  door_.configure(action);
  if (std::holds_alternative<Restoring>(life_)) return settle(now);
  tell_settings_if_changed(before);
  // Those who wait are in front of what has become of the door: an open one lets them in.
  if (settings().door == Door::Open) judge_again_who_waits(now);
}

void Room::act(Members::iterator, const host_action::EndCall&, Timestamp now) { end(now); }

void Room::end(Timestamp now) {
  for (const auto& visitor : waiting_.take_all()) {
    turn_away(visitor.connection, ErrorCode::CallEnded);
  }
  for (const auto& member : members_) {
    book_.make_void(member.id, Voided::Ended);
    if (const auto* present = std::get_if<Present>(&member.presence)) {
      outputs_.push_back(room_output::Dismiss{present->connection, ErrorCode::CallEnded});
    }
    record_departure(member, Departure::CallEnded);
  }
  if (!members_.empty()) record(room_event::Over{});
  members_.clear();
  book_.end();
  door_ = {};
  life_ = Ended{now + limits::resume_within};
}

void Room::tell_settings_if_changed(const RoomSettings& before) {
  if (settings() != before) deliver_to_others({}, RoomChanged{settings()});
}

// --- Hosts -------------------------------------------------------------------------------------

std::vector<ParticipantId> Room::hosts() const {
  std::vector<ParticipantId> ids;
  for (const auto& member : members_) {
    if (member.standing == Standing::Host) ids.push_back(member.id);
  }
  return ids;
}

std::vector<ConnectionId> Room::present_hosts() const {
  std::vector<ConnectionId> connections;
  for (const auto& member : members_) {
    const auto* present = std::get_if<Present>(&member.presence);
    if (present && member.standing == Standing::Host) connections.push_back(present->connection);
  }
  return connections;
}

void Room::promote(Members::iterator member) {
  change_standing(member, Standing::Host);
  const auto* present = std::get_if<Present>(&member->presence);
  if (present) tell_host_of_who_waits(present->connection);
}

void Room::change_standing(Members::iterator member, Standing standing) {
  if (member->standing == standing) return;
  member->standing = standing;
  deliver_to_others(member->id, ParticipantChanged{record_of(*member)});
  const auto* present = std::get_if<Present>(&member->presence);
  if (!present) return;
  outputs_.push_back(room_output::RenewTicket{present->connection, member->id, standing});
}

// Of those who can become a host, the one who has been here longest and is here; where none is, the
// one who is away. Members are in order of arrival.
void Room::hand_over() {
  if (!hosts().empty()) return;
  auto heir = members_.end();
  for (auto member = members_.begin(); member != members_.end(); ++member) {
    if (member->standing != Standing::Successor) continue;
    if (heir == members_.end()) heir = member;
    if (!std::holds_alternative<Present>(member->presence)) continue;
    heir = member;
    break;
  }
  if (heir != members_.end()) promote(heir);
}

void Room::after_departure(Timestamp now) {
  // While the room is restored, its host may be on the way back.
  if (std::holds_alternative<Restoring>(life_)) return;
  hand_over();
  if (!members_.empty()) return;
  // Nobody is left of those who set the door, and who were kept out by it: another call may begin.
  door_ = {};
  book_ = {};
  judge_again_who_waits(now);
}

}  // namespace parley
