// Who comes into a room, who waits and who is turned away.
#include <algorithm>

#include "core/signaling/room.h"

namespace parley {

// What holds for those who bring something along is looked at first; the door is for the others.
void Room::on(const room_input::Enter& input, Timestamp now) {
  age(now);
  if (vacant()) since_ = now;
  Candidacy candidacy;
  candidacy.connection = input.connection;
  candidacy.id = input.id;
  candidacy.join = input.join;
  if (input.join.resume) candidacy.attempts.add(input.join.resume->attempt);
  if (input.pass) {
    candidacy.standing = input.pass->standing;
    candidacy.identity = input.pass->identity;
    if (book_.is_banned(input.pass->identity)) {
      return turn_away(input.connection, ErrorCode::Banned);
    }
  }
  auto& ticket = candidacy.join.resume;
  const auto voided = ticket ? book_.voided(ticket->id) : std::nullopt;
  if (voided == Voided::Unproven) ticket.reset();
  if (voided == Voided::Removed) return turn_away(input.connection, ErrorCode::Removed);
  if (voided == Voided::Banned) return turn_away(input.connection, ErrorCode::Banned);
  if (voided == Voided::Ended) return turn_away(input.connection, ErrorCode::CallEnded);
  if (!ticket) return knock(std::move(candidacy), now);

  candidacy.id = ticket->id;
  if (const auto member = find(ticket->id); member != members_.end()) {
    return readmit(member, candidacy, now);
  }
  if (const auto* former = book_.find_former(ticket->id)) {
    candidacy.standing = std::max(candidacy.standing, former->standing);
    if (!candidacy.identity) candidacy.identity = former->identity;
    return come_in(candidacy, now);
  }
  if (restores(*ticket)) begin_to_restore(now);
  if (members_.empty() || std::holds_alternative<Restoring>(life_)) {
    candidacy.before = input.ticket;
    candidacy.standing = std::max(candidacy.standing, input.ticket);
  }
  if (std::holds_alternative<Restoring>(life_)) return come_in(candidacy, now);
  knock(std::move(candidacy), now);
}

void Room::come_in(const Candidacy& candidacy, Timestamp now) {
  if (is_full()) return turn_away(candidacy.connection, ErrorCode::RoomFull);
  seat(candidacy, now);
  if (!std::holds_alternative<Restoring>(life_)) hand_over();
}

void Room::knock(Candidacy candidacy, Timestamp now) {
  if (options_.authentication == Authentication::Token && !candidacy.identity &&
      !candidacy.before) {
    return turn_away(candidacy.connection, ErrorCode::TokenRequired);
  }
  const bool is_first = members_.empty() && !std::holds_alternative<Restoring>(life_);
  if (is_first && options_.authentication == Authentication::Open) {
    candidacy.standing = Standing::Host;
  }
  if (candidacy.standing == Standing::Host) return come_in(candidacy, now);
  if (std::holds_alternative<Restoring>(life_)) return wait_at_door(std::move(candidacy));
  const auto verdict = door_.judge(candidacy.join.password, now);
  if (const auto* turned_away = std::get_if<verdict::TurnedAway>(&verdict)) {
    turn_away(candidacy.connection, turned_away->why);
  } else if (std::holds_alternative<verdict::Waits>(verdict)) {
    wait_at_door(std::move(candidacy));
  } else {
    come_in(candidacy, now);
  }
}

void Room::wait_at_door(Candidacy candidacy) {
  if (const auto* before = waiting_.find(candidacy.id)) {
    // The same person over another connection; one of them is the later one.
    const auto attempt = candidacy.attempts.last();
    const bool is_overtaken = before->attempts.have_overtaken(attempt);
    const auto replaced = is_overtaken ? candidacy.connection : before->connection;
    refuse(replaced, ErrorCode::Replaced);
    outputs_.push_back(room_output::Dismiss{replaced, ErrorCode::Replaced});
    if (is_overtaken) return;
    candidacy.attempts = before->attempts;
    candidacy.attempts.add(attempt);
    waiting_.take(candidacy.id);
  }
  if (waiting_.full()) return turn_away(candidacy.connection, ErrorCode::RoomFull);
  // An offer would have gone stale when it is given on, and so have peer connections.
  candidacy.join.offer.reset();
  if (candidacy.join.resume) candidacy.join.resume->arrival.reset();
  waiting_.add(std::move(candidacy));
}

// First the connection, then its client, who may knock elsewhere as soon as it has been told.
void Room::turn_away(ConnectionId connection, ErrorCode why) {
  outputs_.push_back(room_output::Refused{connection});
  refuse(connection, why);
}

// The door has changed: those who wait stand before it anew, in their order.
void Room::judge_again_who_waits(Timestamp now) {
  for (auto& candidacy : waiting_.take_all()) knock(std::move(candidacy), now);
}

// Each who waits is told its place, the hosts are told of all.
void Room::tell_of_who_waits() {
  waiting_.tell_places(
      [&](ConnectionId connection, std::uint32_t place) { deliver(connection, Waiting{place}); });
  auto hosts = present_hosts();
  if (hosts.empty()) return;
  outputs_.push_back(room_output::Deliver{std::move(hosts), QueueChanged{waiting_.visitors()}});
}

// One who is a host from now on; of a change that is still to be told it hears with the others.
void Room::tell_host_of_who_waits(ConnectionId host) {
  if (waiting_.empty() || waiting_.has_news()) return;
  deliver(host, QueueChanged{waiting_.visitors()});
}

// --- Restoring a room of an earlier life -------------------------------------------------------

// Whether a ticket that nobody here knows is of a life of the room just before this one, whose
// members are on their way back: their peer connections are still there, or others are in the room
// already that has only just begun. (One who reloads the page of a room in which there is nobody
// else begins it anew.)
bool Room::restores(const Resume& ticket) const {
  if (members_.empty()) return ticket.arrival && *ticket.arrival <= options_.arrivals_after;
  return std::holds_alternative<Young>(life_);
}

// Those who came without such a ticket did so while nobody of the life before was there. They wait,
// as they would have if they had come a moment later; only who is a host by its token stays.
void Room::begin_to_restore(Timestamp now) {
  if (std::holds_alternative<Restoring>(life_)) return;
  life_ = Restoring{now + limits::resume_within};
  const bool by_token = options_.authentication == Authentication::Token;
  const auto is_proven = [&](const Member& member) {
    return member.before || (by_token && member.standing == Standing::Host);
  };
  const auto strangers = std::stable_partition(members_.begin(), members_.end(), is_proven);
  std::vector<Member> unproven(std::make_move_iterator(strangers),
                               std::make_move_iterator(members_.end()));
  members_.erase(strangers, members_.end());
  for (auto& member : unproven) {
    book_.make_void(member.id, Voided::Unproven);
    deliver_to_others(member.id, ParticipantLeft{member.id, LeaveReason::Left});
    record_departure(member, Departure::MustWait);
    const auto* present = std::get_if<Present>(&member.presence);
    if (!present) continue;
    Candidacy candidacy;
    candidacy.connection = present->connection;
    candidacy.id = member.id;
    if (by_token) candidacy.standing = member.standing;
    candidacy.identity = member.identity;
    candidacy.attempts = member.attempts;
    candidacy.arrival_before = member.arrival;
    candidacy.join = {id_, member.name, member.media, std::nullopt, std::nullopt};
    wait_at_door(std::move(candidacy));
  }
  if (members_.empty() && !unproven.empty()) record(room_event::Over{});
  // Who was the first to come is a host no more, unless it was one before.
  if (by_token) return;
  for (auto member = members_.begin(); member != members_.end(); ++member) {
    change_standing(member, std::max(*member->before, Standing::Successor));
  }
}

void Room::age(Timestamp now) {
  const auto* const young = std::get_if<Young>(&life_);
  const auto* const ended = std::get_if<Ended>(&life_);
  if ((young && young->until <= now) || (ended && ended->until <= now)) {
    life_ = Settled{};
  } else if (const auto* restoring = std::get_if<Restoring>(&life_);
             restoring && restoring->until <= now) {
    settle(now);
  }
}

// The time is over, or a host has said how the door is set.
void Room::settle(Timestamp now) {
  life_ = Settled{};
  if (members_.empty()) return after_departure(now);
  if (hosts().empty() && options_.authentication == Authentication::Open) {
    door_.let_nobody_in_unseen();
  }
  deliver_to_others({}, RoomChanged{settings()});
  judge_again_who_waits(now);
  hand_over();
}

}  // namespace parley
