#include "server/api/room_records.h"

#include <chrono>

#include "server/api/utc.h"
#include "server/runtime/steady_time.h"

namespace parley {
namespace {

// Rooms count time by a clock that nobody sets.
std::string utc_of(Timestamp moment) {
  const std::chrono::microseconds ago((steady_now() - moment).count_microseconds());
  return utc_text(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() - ago));
}

}  // namespace

RoomSummary summary_of(const Room& room) {
  return {room.id(), static_cast<std::uint32_t>(room.size()),
          static_cast<std::uint32_t>(room.waiting()), utc_of(room.since())};
}

RoomRecord record_of(const Room& room) {
  RoomRecord record{
      room.id(), utc_of(room.since()), static_cast<std::uint32_t>(room.waiting()), {}};
  for (const auto& [participant, identity, since] : room.attendances()) {
    record.participants.push_back({participant.id, participant.name, identity,
                                   participant.role.value_or(Role::Guest), participant.presence,
                                   utc_of(since)});
  }
  return record;
}

}  // namespace parley
