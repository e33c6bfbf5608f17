// What a webhook says: one JSON object.
//
//     {"id": "…", "type": "participant-left", "time": "2026-11-27T17:00:00Z", "room": "demo",
//      "participant": {"id": "kYt3bQ9xZa", "name": "Ana", "role": "host"}, "reason": "lost"}
//
// Thread-safety: free functions without state.
#pragma once

#include <chrono>
#include <string>

#include "core/signaling/room_event.h"

namespace parley {

// 128 random bits in hexadecimal, by which a receiver knows an event that it has had already.
std::string draw_event_id();

std::string webhook_body(const std::string& id, std::chrono::sys_seconds time, const RoomId& room,
                         const RoomEvent& event);

}  // namespace parley
