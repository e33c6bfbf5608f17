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
// Thread-safety: none; one thread (or strand) per room.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/time.h"
#include "core/signaling/messages.h"

namespace parley {

// One WebSocket connection, numbered by the host; never reused within a room.
using ConnectionId = std::uint64_t;

struct RoomOptions {
  // The arrivals of this room's life count from here. Give a number that no earlier life of a room
  // of this name reached (the server may have been started anew): a ticket with a smaller arrival
  // is then known to come from before.
  Arrival arrivals_after;
  RoomLimits limits;
  // How long the ICE servers last that the host gives to a participant; nothing: for ever.
  std::optional<std::uint32_t> ice_servers_expire_in_seconds;
};

namespace room_input {

// A connection that is in no room yet asks to join. The host has checked the ticket (the core has
// no cryptography): `join.resume` is there only where it is genuine, and then `id` is the ticket's.
// Otherwise `id` is drawn anew. `secret` is the next ticket of `id`, and `ice_servers` are made for
// it now.
struct Enter {
  ConnectionId connection = 0;
  Join join;
  ParticipantId id;
  Secret secret;
  IceServers ice_servers = {};
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

}  // namespace room_input

using RoomInput = std::variant<room_input::Enter, room_input::Received, room_input::Disconnected,
                               room_input::Tick>;

namespace room_output {

// Send `message` to each of `connections`: encode once, share the text.
struct Deliver {
  std::vector<ConnectionId> connections;
  ServerMessage message;
};

// Make new ICE servers for the participant `id` and send them (IceServersRenewed).
struct RenewIceServers {
  ConnectionId connection = 0;
  ParticipantId id;
};

// The join of `connection` was refused (an error was delivered): it is in no room again.
struct Refused {
  ConnectionId connection = 0;
};

// The connection is no longer a participant; with a code, close it for that reason.
struct Dismiss {
  ConnectionId connection = 0;
  std::optional<ErrorCode> close;
};

}  // namespace room_output

using RoomOutput = std::variant<room_output::Deliver, room_output::RenewIceServers,
                                room_output::Refused, room_output::Dismiss>;

class Room {
 public:
  Room(RoomId id, RoomOptions options);

  void handle(const RoomInput& input, Timestamp now);
  std::optional<RoomOutput> poll();

  // ICE servers are renewed when so much of their life is over. A page that has just lost its
  // connection then has credentials for as long again, and a renewal may come late. Renewals are
  // spread as the joins were, and cost a message where a join cost many.
  static constexpr std::int64_t renewed_in_a_life = 2;

  // The earliest moment at which Tick changes something; nothing when nobody is away and no ICE
  // servers expire.
  std::optional<Timestamp> next_timeout() const;

  // Nobody is there and nobody may come back: the host may drop the room.
  bool empty() const { return members_.empty(); }

  std::size_t size() const { return members_.size(); }
  const RoomId& id() const { return id_; }

  static constexpr auto fields() {
    return std::tuple(field("members", &Room::members_),
                      field("lastArrival", &Room::last_arrival_));
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
    Secret secret;
    Arrival arrival;
    Name name;
    Media media;
    std::variant<Present, Away> presence;
    std::optional<Attempt> attempt;  // over which it came back last

    static constexpr auto fields() {
      return std::tuple(field("id", &Member::id), field("secret", &Member::secret),
                        field("arrival", &Member::arrival), field("name", &Member::name),
                        field("media", &Member::media), field("presence", &Member::presence),
                        field("attempt", &Member::attempt));
    }
  };
  // In order of arrival: in each pair the later one offers, because it alone knows, at the moment
  // it joins, that the other is there, and can send its offer along with its Join.
  using Members = std::vector<Member>;

  void on(const room_input::Enter& input, Timestamp now);
  void on(const room_input::Received& input, Timestamp now);
  void on(const room_input::Disconnected& input, Timestamp now);
  void on(const room_input::Tick& input, Timestamp now);

  void on_message(Members::iterator sender, const Leave& message);
  void on_message(Members::iterator sender, const Update& message);
  void on_message(Members::iterator sender, const SignalTo& message);
  template <class Other>
  void on_message(Members::iterator sender, const Other& message);

  void admit(const room_input::Enter& input, Timestamp now);
  void readmit(Members::iterator member, const room_input::Enter& input, Timestamp now);
  void seat(const room_input::Enter& input, Arrival arrival, Timestamp now);
  std::optional<Arrival> arrival_for(const Member& member, const Resume& ticket) const;
  Members::iterator move_to(Members::iterator member, Arrival arrival);
  bool is_of_an_earlier_life(const Resume& ticket) const;
  void greet(Members::iterator member, const room_input::Enter& input);
  void remove(Members::iterator member, LeaveReason reason);
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
  Arrival last_arrival_;
  std::deque<RoomOutput> outputs_;
};

}  // namespace parley
