// What happened in a room, for whoever keeps a record of its calls. A page that is loaded anew and
// a connection that breaks for less than limits::resume_within are no events: their participant has
// been there all the time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "core/signaling/types.h"

namespace parley {

// Why a participant is in the room no more.
enum class Departure : std::uint8_t {
  Left,       // said so
  Lost,       // was away for longer than it may
  Removed,    // by a host
  Banned,     // by a host
  CallEnded,  // for everybody
  MustWait,   // waits to be let in now, because the room is being restored
};
constexpr auto names_of(Departure) {
  return std::array<std::string_view, 6>{"left",   "lost",       "removed",
                                         "banned", "call-ended", "must-wait"};
}

namespace room_event {

// Somebody comes into a room where nobody is; CameIn follows.
struct Started {};

struct CameIn {
  Participant participant;
  std::optional<Identity> identity;  // of its token
};

struct WentOut {
  Participant participant;  // as it was
  std::optional<Identity> identity;
  Departure why = Departure::Left;
};

// Nobody is in it any more; WentOut came before.
struct Over {};

}  // namespace room_event

using RoomEvent =
    std::variant<room_event::Started, room_event::CameIn, room_event::WentOut, room_event::Over>;

}  // namespace parley
