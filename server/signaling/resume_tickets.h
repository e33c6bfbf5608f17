// Tickets with which a participant comes back as itself. They are signed, not stored: a server that
// was started anew knows its own, and so does another one with the same key.
//
//     ticket = expiry ‖ HMAC-SHA256(key, room NUL id NUL expiry)
//
// both in hexadecimal: seconds since 1970 in 8 digits, the first 128 bits of the HMAC in 32.
//
// Thread-safety: const after construction; any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/signaling/messages.h"

namespace parley {

// The server's secret that signs them: bytes that nobody can guess.
struct ResumeKey {
  static constexpr std::size_t size = 32;
  std::string bytes;
};

class ResumeTickets {
 public:
  using Clock = std::chrono::system_clock;

  // A call that goes on for longer is given a new ticket at each resume; without one in all that
  // time it would take a restart of the server to lose its ids.
  static constexpr std::chrono::hours good_for{24};

  explicit ResumeTickets(ResumeKey key) : key_(std::move(key)) {}

  Secret issue(const RoomId& room, const ParticipantId& id, Clock::time_point now) const;

  // Whether this server (or one with the same key) issued `ticket` for `room` and it still counts.
  bool is_genuine(const RoomId& room, const Resume& ticket, Clock::time_point now) const;

 private:
  std::string sign(const RoomId& room, const ParticipantId& id, std::string_view expiry) const;

  ResumeKey key_;
};

}  // namespace parley
