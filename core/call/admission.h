// What a participant knows of who comes into the room and who decides it: its own role, how the
// door is set, who waits, and its own place while it waits itself.
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/call/input.h"
#include "core/call/output.h"
#include "core/signaling/messages.h"

namespace parley {

class Admission {
 public:
  // What the person shows at the door, from now on.
  void present(const input::JoinRoom& input);
  void show_at_door(Join& join) const;

  // A host has to decide; `place` is the own one in the queue.
  void waits(std::uint32_t place);
  // In the room. What a host has to say to a room that is being restored follows.
  std::vector<HostAction> entered(const Joined& joined);
  // Forgets everything.
  void close() { *this = {}; }

  void received(const RoleChanged& message) { role_ = message.role; }
  void received(const RoomChanged& message) { settings_ = message.settings; }
  void received(const QueueChanged& message) { queue_ = message.waiting; }
  void received(const ParticipantLeft& message);
  void muted(const MuteRequested& message);
  // The person switched a medium on: what a host wanted of it is over.
  void unmuted(Medium medium);

  bool is_host() const { return role_ == Role::Host; }
  // The person did this as a host.
  void acted(const HostAction& action);

  void show(output::View& view) const;

  static constexpr auto fields() {
    return std::tuple(field("password", &Admission::password_), field("token", &Admission::token_),
                      field("place", &Admission::place_), field("role", &Admission::role_),
                      field("settings", &Admission::settings_), field("queue", &Admission::queue_),
                      field("mutedBy", &Admission::muted_by_),
                      field("removed", &Admission::removed_));
  }

 private:
  host_action::Configure restore() const;

  // The last ones count: nobody removes more within one call.
  static constexpr std::size_t most_removed = 64;

  std::optional<Password> password_;  // of the room, as far as this page knows it
  std::optional<Token> token_;
  std::optional<std::uint32_t> place_;  // while waiting
  Role role_ = Role::Guest;
  std::optional<RoomSettings> settings_;
  Visitors queue_;
  std::vector<output::MutedBy> muted_by_;
  std::vector<ParticipantId> removed_;  // whom hosts removed; a server that forgot them is told
};

}  // namespace parley
