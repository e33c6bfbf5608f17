// What the API tells of rooms.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fields.h"
#include "core/signaling/room.h"

namespace parley {

struct RoomSummary {
  RoomId id;
  std::uint32_t participants = 0;
  std::uint32_t waiting = 0;  // to be admitted
  std::string since;          // UTC

  static constexpr auto fields() {
    return std::tuple(field("id", &RoomSummary::id),
                      field("participants", &RoomSummary::participants),
                      field("waiting", &RoomSummary::waiting), field("since", &RoomSummary::since));
  }
};

struct RoomPage {
  std::vector<RoomSummary> rooms;
  std::optional<RoomId> next;  // from which on there are more

  static constexpr auto fields() {
    return std::tuple(field("rooms", &RoomPage::rooms), field("next", &RoomPage::next));
  }
};

struct ParticipantRecord {
  ParticipantId id;
  Name name;
  std::optional<Identity> identity;  // of its token
  Role role = Role::Guest;
  Presence presence = Presence::Here;
  std::string joined;  // UTC

  static constexpr auto fields() {
    return std::tuple(field("id", &ParticipantRecord::id), field("name", &ParticipantRecord::name),
                      field("identity", &ParticipantRecord::identity),
                      field("role", &ParticipantRecord::role),
                      field("presence", &ParticipantRecord::presence),
                      field("joined", &ParticipantRecord::joined));
  }
};

struct RoomRecord {
  RoomId id;
  std::string since;  // UTC
  std::uint32_t waiting = 0;
  std::vector<ParticipantRecord> participants;  // longest there first

  static constexpr auto fields() {
    return std::tuple(field("id", &RoomRecord::id), field("since", &RoomRecord::since),
                      field("waiting", &RoomRecord::waiting),
                      field("participants", &RoomRecord::participants));
  }
};

// Of this moment. Call on the thread of the room's shard.
RoomSummary summary_of(const Room& room);
RoomRecord record_of(const Room& room);

}  // namespace parley
