// What the server tells about who comes in and who decides it; PROTOCOL.md section 8.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/signaling/types.h"

namespace parley {

// The answer to a Join that a host has to decide on, and again when the place has changed. Joined
// or an error follows.
struct Waiting {
  static constexpr std::string_view type = "waiting";
  std::uint32_t place = 0;  // in the queue, from 1

  bool operator==(const Waiting&) const = default;
  static constexpr auto fields() { return std::tuple(field("place", &Waiting::place)); }
};

// Somebody who waits, as the hosts see it.
struct Visitor {
  ParticipantId id;
  Name name;

  bool operator==(const Visitor&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Visitor::id), field("name", &Visitor::name));
  }
};
using Visitors = Sequence<Visitor, limits::waiting>;  // who waits longest is first

// To hosts only. One who is told nothing of it after Joined may take it to be empty.
struct QueueChanged {
  static constexpr std::string_view type = "queue-changed";
  Visitors waiting;

  bool operator==(const QueueChanged&) const = default;
  static constexpr auto fields() { return std::tuple(field("waiting", &QueueChanged::waiting)); }
};

struct RoomChanged {
  static constexpr std::string_view type = "room-changed";
  RoomSettings settings;

  bool operator==(const RoomChanged&) const = default;
  static constexpr auto fields() { return std::tuple(field("settings", &RoomChanged::settings)); }
};

// One's own role, with the ticket that knows of it. The others hear of it by ParticipantChanged.
struct RoleChanged {
  static constexpr std::string_view type = "role-changed";
  Role role = Role::Guest;
  Secret secret;

  bool operator==(const RoleChanged&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("role", &RoleChanged::role), field("secret", &RoleChanged::secret));
  }
};

// A host wants the receiver to stop sending.
struct MuteRequested {
  static constexpr std::string_view type = "mute-requested";
  Medium medium = Medium::Audio;
  ParticipantId by;

  bool operator==(const MuteRequested&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("medium", &MuteRequested::medium), field("by", &MuteRequested::by));
  }
};

}  // namespace parley
