// The rooms of one shard: made when somebody enters, dropped when nobody is left or may come back.
// Carries out what they yield. Does no I/O itself: what is to be sent goes to the Outbox, and the
// owner feeds the time.
//
// Thread-safety: none; belongs to its shard. handle() may be called again from within the Outbox;
// that input is then dealt with after the present one.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/signaling/room.h"
#include "server/signaling/connection.h"

namespace parley {

class RoomHost {
 public:
  class Outbox {
   public:
    virtual ~Outbox() = default;
    virtual void to_connection(ConnectionId connection, const ConnectionEvent& event) = 0;
    // For the record.
    virtual void happened(const RoomId&, const RoomEvent&) {}
  };

  // Numbers that grow from one life of a room to the next; see RoomOptions::arrivals_after.
  using Lives = std::function<Arrival()>;

  // A ticket with which a participant comes back.
  using Ticketing = std::function<Secret(const RoomId&, const ParticipantId&, Standing)>;

  // Refuses to make more than `max_rooms` rooms. `outbox` must outlive the host.
  RoomHost(Outbox& outbox, RoomOptions options, std::size_t max_rooms, Lives lives,
           Ticketing ticketing);

  void handle(const RoomId& room, RoomInput input, Timestamp now);

  // Feeds Tick to every room that asked for it up to `now`.
  void tick(Timestamp now);

  // When to call tick(); nothing while no room waits for anything.
  std::optional<Timestamp> next_timeout() const;

  bool has(const RoomId& room) const { return rooms_.contains(room); }

  // Nothing where it is vacant. Valid until the next input.
  const Room* find(const RoomId& room) const;

  // Of the rooms that are not vacant the first `most` whose names come after `name`, in order of
  // name. Valid until the next input.
  std::vector<const Room*> after(const RoomId& name, std::size_t most) const;

  std::size_t room_count() const { return rooms_.size(); }
  std::size_t participant_count() const;

 private:
  struct HashId {
    std::size_t operator()(const RoomId& id) const { return std::hash<std::string>()(id.value()); }
  };
  struct Hosted {
    Room room;
    std::optional<Timestamp> wakeup;  // as it stands in wakeups_
  };
  using Rooms = std::unordered_map<RoomId, Hosted, HashId>;

  enum class Activity : std::uint8_t { Idle, Handling };

  void process(const RoomId& id, RoomInput input, Timestamp now);
  void carry_out(Room& room);
  void carry_out(const RoomId& room, const room_output::Deliver& output);
  void carry_out(const RoomId& room, const room_output::Answer& output);
  void carry_out(const RoomId& room, const room_output::RenewTicket& output);
  void carry_out(const RoomId& room, const room_output::RenewIceServers& output);
  void carry_out(const RoomId& room, const room_output::Refused& output);
  void carry_out(const RoomId& room, const room_output::Dismiss& output);
  void carry_out(const RoomId& room, const room_output::Happened& output);
  void deliver(const std::vector<ConnectionId>& connections, const ServerMessage& message);
  void settle(Rooms::iterator hosted);
  void without_room(const RoomInput& input);
  void send_error(ConnectionId connection, ErrorCode code);

  Outbox& outbox_;
  RoomOptions options_;
  std::size_t max_rooms_;
  Lives lives_;
  Ticketing ticketing_;
  Rooms rooms_;
  std::set<std::pair<Timestamp, RoomId>> wakeups_;
  Activity activity_ = Activity::Idle;
  std::deque<std::pair<RoomId, RoomInput>> deferred_;  // came while another was being handled
};

}  // namespace parley
