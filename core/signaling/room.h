// The server's side of one room, without I/O: who is there, who may say what to whom, who is away
// and until when. The host feeds it what its connections receive and carries out what it yields.
//
//     room.handle(input, now);
//     while (auto output = room.poll()) …
//     room.next_timeout();      // when to feed Tick
//
// Each participant is in one of two states, each with its own data:
//
//     Present { connection, renew_at }  --connection lost-->  Away { until }
//     Away { until }                    --join with its ticket-->  Present, --until passed-->  gone
//
// ICE servers whose credentials expire are renewed for everyone who is present; the host makes the
// credentials (the core has no cryptography), the room says when.
//
// A ticket outlives the room: who shows one of an earlier life of the room (the server was started
// anew, or everybody was away for too long) is the same participant and the same arrival again.
//
// Who comes without a ticket comes to the door (door.h), which is open, leads to the waiting list
// (waiting_list.h) or is locked. Hosts set it, and decide about those who wait and those who are
// in (room_moderation.cpp).
//
// Life of a room: those who come first to one that was there before the server was started anew
// may be strangers to it. Until it is known, it is young:
//
//     Young { until } --somebody comes with a ticket of the life before--> Restoring { until }
//     Young { until } --passed--> Settled
//     Restoring { until } --a host has set the door, or passed--> Settled
//
// When it begins to be restored, those who came without such a ticket wait at the door, and while
// it is restored nobody comes in without one: what the door was set to, the hosts' clients bring
// along. (An empty room is restored by a ticket whose holder still has its peer connections.)
//
// Thread-safety: none; one thread (or strand) per room.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/lean_queue.h"
#include "core/base/time.h"
#include "core/signaling/door.h"
#include "core/signaling/guest_book.h"
#include "core/signaling/messages.h"
#include "core/signaling/room_event.h"
#include "core/signaling/waiting_list.h"

namespace parley {

// How somebody who comes without a ticket proves who it is, and so who can be a host.
enum class Authentication : std::uint8_t {
  // Not at all: who comes first to an empty room is its host, and everybody can become one.
  Open,
  // By a token, without which nobody comes in. It says who is a host, and who can become one.
  Token,
};
constexpr auto names_of(Authentication) { return std::array<std::string_view, 2>{"open", "token"}; }

struct RoomOptions {
  // The arrivals of this room's life count from here. Give a number that no earlier life of a room
  // of this name reached (the server may have been started anew): a ticket with a smaller arrival
  // is then known to come from before.
  Arrival arrivals_after;
  RoomLimits limits;
  // How long the ICE servers last that the host gives to a participant; nothing: for ever.
  std::optional<std::uint32_t> ice_servers_expire_in_seconds;
  Authentication authentication = Authentication::Open;
};

namespace room_input {

// A connection that is in no room yet asks to join. The host has checked what it brings along (the
// core has no cryptography): `join.resume` is there only where the ticket is genuine, and then
// `ticket` is what it says; `pass` is there where a token is. `id` is drawn anew, for who comes
// without a ticket that counts.
struct Enter {
  ConnectionId connection = 0;
  Join join;
  ParticipantId id;
  Standing ticket = Standing::Guest;
  std::optional<Pass> pass = std::nullopt;
};

// A connection that has entered sent a message. Hello, Join and Ping are the session's own business
// and are answered with an error here.
struct Received {
  ConnectionId connection = 0;
  ClientMessage message;
};

// A connection is gone without Leave.
struct Disconnected {
  ConnectionId connection = 0;
};

struct Tick {};

// Whoever runs the server ends the call, as a host may (host_action::EndCall).
struct End {};

// Whoever runs the server tells those who are here something.
struct Tell {
  NoticeText text;
};

}  // namespace room_input

using RoomInput = std::variant<room_input::Enter, room_input::Received, room_input::Disconnected,
                               room_input::Tick, room_input::End, room_input::Tell>;

namespace room_output {

// Send `message` to each of `connections`: encode once, share the text.
struct Deliver {
  std::vector<ConnectionId> connections;
  ServerMessage message;
};

// Send `joined`, with a new ticket for its id and `standing`, and with ICE servers made for it.
struct Answer {
  ConnectionId connection = 0;
  Standing standing = Standing::Guest;
  Joined joined;
};

// Make a new ticket for the participant `id`, whose role has changed, and send it (RoleChanged).
struct RenewTicket {
  ConnectionId connection = 0;
  ParticipantId id;
  Standing standing = Standing::Guest;
};

// Make new ICE servers for the participant `id` and send them (IceServersRenewed).
struct RenewIceServers {
  ConnectionId connection = 0;
  ParticipantId id;
};

// The join of `connection` is refused (the error is delivered next): it is in no room again.
struct Refused {
  ConnectionId connection = 0;
};

// The connection is no longer a participant; with a code, close it for that reason.
struct Dismiss {
  ConnectionId connection = 0;
  std::optional<ErrorCode> close;
};

// For the record; nothing is to be done in the room.
struct Happened {
  RoomEvent event;
};

}  // namespace room_output

using RoomOutput = std::variant<room_output::Deliver, room_output::Answer, room_output::RenewTicket,
                                room_output::RenewIceServers, room_output::Refused,
                                room_output::Dismiss, room_output::Happened>;

// Somebody who is in a room, there or away.
struct Attendance {
  Participant participant;
  std::optional<Identity> identity;  // of its token
  Timestamp since;
};

class Room {
 public:
  Room(RoomId id, RoomOptions options);

  void handle(RoomInput input, Timestamp now);
  std::optional<RoomOutput> poll();

  // ICE servers are renewed when so much of their life is over. A page that has just lost its
  // connection then has credentials for as long again, and a renewal may come late. Renewals are
  // spread as the joins were, and cost a message where a join cost many.
  static constexpr std::int64_t renewed_in_a_life = 2;

  // The earliest moment at which Tick changes something; nothing when nobody is away and no ICE
  // servers expire.
  std::optional<Timestamp> next_timeout() const;

  // Nobody is there or waits, and nobody may come back: the host may drop the room.
  bool empty() const {
    return members_.empty() && waiting_.empty() && !std::holds_alternative<Ended>(life_);
  }

  std::size_t size() const { return members_.size(); }
  const RoomId& id() const { return id_; }
  RoomSettings settings() const { return door_.settings(); }
  std::size_t waiting() const { return waiting_.all().size(); }
  // Nobody is in it or waits; it may be kept for those who are to learn that it was ended.
  bool vacant() const { return members_.empty() && waiting_.empty(); }
  // Since when it has not been vacant.
  Timestamp since() const { return since_; }
  // In order of arrival.
  std::vector<Attendance> attendances() const;
  // Those who are there or away, and are hosts.
  std::vector<ParticipantId> hosts() const;

  static constexpr auto fields() {
    return std::tuple(field("members", &Room::members_), field("door", &Room::door_),
                      field("waiting", &Room::waiting_), field("book", &Room::book_),
                      field("life", &Room::life_), field("lastArrival", &Room::last_arrival_));
  }

 private:
  struct Present {
    static constexpr std::string_view type = "present";
    ConnectionId connection = 0;
    std::optional<Timestamp> renew_at;  // the ICE servers
    static constexpr auto fields() {
      return std::tuple(field("connection", &Present::connection),
                        field("renewAt", &Present::renew_at));
    }
  };
  struct Away {
    static constexpr std::string_view type = "away";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Away::until)); }
  };
  struct Member {
    ParticipantId id;
    Standing standing = Standing::Guest;
    std::optional<Identity> identity;  // of its token
    std::optional<Standing> before;    // see Candidacy
    Arrival arrival;
    Name name;
    Media media;
    std::variant<Present, Away> presence;
    Attempts attempts;                      // see Candidacy
    std::optional<Arrival> arrival_before;  // see Candidacy
    Timestamp since;                        // in no snapshot: nothing depends on it

    static constexpr auto fields() {
      return std::tuple(field("id", &Member::id), field("standing", &Member::standing),
                        field("identity", &Member::identity), field("before", &Member::before),
                        field("arrival", &Member::arrival), field("name", &Member::name),
                        field("media", &Member::media), field("presence", &Member::presence),
                        field("attempts", &Member::attempts),
                        field("arrivalBefore", &Member::arrival_before));
    }
  };
  struct Settled {
    static constexpr std::string_view type = "settled";
    static constexpr auto fields() { return std::tuple(); }
  };
  struct Young {
    static constexpr std::string_view type = "young";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Young::until)); }
  };
  struct Restoring {
    static constexpr std::string_view type = "restoring";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Restoring::until)); }
  };
  // By a host. Who was away at that moment learns of it until then.
  struct Ended {
    static constexpr std::string_view type = "ended";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Ended::until)); }
  };
  using Life = std::variant<Settled, Young, Restoring, Ended>;

  // In order of arrival: in each pair the later one offers, because it alone knows, at the moment
  // it joins, that the other is there, and can send its offer along with its Join.
  using Members = std::vector<Member>;

  void on(const room_input::Enter& input, Timestamp now);
  void on(room_input::Received&& input, Timestamp now);
  void on(const room_input::Disconnected& input, Timestamp now);
  void on(const room_input::Tick& input, Timestamp now);
  void on(const room_input::End& input, Timestamp now);
  void on(const room_input::Tell& input, Timestamp now);

  void on_message(Members::iterator sender, const Leave& message, Timestamp now);
  void on_message(Members::iterator sender, const Update& message, Timestamp now);
  void on_message(Members::iterator sender, SignalTo&& message, Timestamp now);
  void on_message(Members::iterator sender, const Moderate& message, Timestamp now);
  template <class Other>
  void on_message(Members::iterator sender, const Other& message, Timestamp now);

  // --- The door: room_admission.cpp ---
  void come_in(const Candidacy& candidacy, Timestamp now);
  void knock(Candidacy candidacy, Timestamp now);
  void wait_at_door(Candidacy candidacy);
  void judge_again_who_waits(Timestamp now);
  void turn_away(ConnectionId connection, ErrorCode why);
  bool restores(const Resume& ticket) const;
  void begin_to_restore(Timestamp now);
  void age(Timestamp now);
  void settle(Timestamp now);
  void tell_of_who_waits();
  void tell_host_of_who_waits(ConnectionId host);
  std::vector<ConnectionId> present_hosts() const;

  // --- What hosts do: room_moderation.cpp ---
  void act(Members::iterator host, const host_action::Admit& action, Timestamp now);
  void act(Members::iterator host, const host_action::Refuse& action, Timestamp now);
  void act(Members::iterator host, const host_action::Remove& action, Timestamp now);
  void act(Members::iterator host, const host_action::Ban& action, Timestamp now);
  void act(Members::iterator host, const host_action::Mute& action, Timestamp now);
  void act(Members::iterator host, const host_action::MakeHost& action, Timestamp now);
  void act(Members::iterator host, const host_action::Configure& action, Timestamp now);
  void act(Members::iterator host, const host_action::EndCall& action, Timestamp now);
  void end(Timestamp now);
  void expel(Members::iterator host, const ParticipantId& id, Voided why, Timestamp now);
  void ban(const std::optional<Identity>& identity);
  void promote(Members::iterator member);
  void change_standing(Members::iterator member, Standing standing);
  void tell_settings_if_changed(const RoomSettings& before);
  void hand_over();
  // After somebody is gone: hands the room over where there is no host any more, and begins anew
  // where there is nobody but those who wait.
  void after_departure(Timestamp now);

  bool is_full() const { return members_.size() >= options_.limits.participants; }
  void readmit(Members::iterator member, const Candidacy& candidacy, Timestamp now);
  void seat(const Candidacy& candidacy, Timestamp now);
  std::optional<Arrival> arrival_for(const Member& member, const Resume& ticket) const;
  Members::iterator move_to(Members::iterator member, Arrival arrival);
  bool is_of_an_earlier_life(const Resume& ticket) const;
  void greet(Members::iterator member, const std::optional<Offer>& offer);
  void depart(Members::iterator member, LeaveReason reason);
  void record(RoomEvent event);
  void record_departure(const Member& member, Departure why);
  void drop_overdue(Timestamp now);
  void renew_ice_servers(Timestamp now);
  std::optional<Timestamp> next_renewal(Timestamp now) const;

  Members::iterator find(const ParticipantId& id);
  Members::iterator find(ConnectionId connection);
  static Participant record_of(const Member& member);

  void deliver(ConnectionId connection, ServerMessage message);
  void deliver_to_others(const ParticipantId& except, ServerMessage message);
  void refuse(ConnectionId connection, ErrorCode code, std::optional<std::string> about = {});

  RoomId id_;
  RoomOptions options_;
  Members members_;
  DoorKeeper door_;
  WaitingList waiting_;
  GuestBook book_;
  Life life_;
  Arrival last_arrival_;
  Timestamp since_;  // in no snapshot: nothing depends on it
  LeanQueue<RoomOutput> outputs_;
};

}  // namespace parley
