// Tickets with which a participant comes back as itself. They are signed, not stored: a server that
// was started anew knows its own, and so does another one with the same key.
//
//     ticket = expiry ‖ standing ‖ HMAC-SHA256(key, room NUL id NUL expiry ‖ standing)
//
// the expiry in seconds since 1970, 8 hexadecimal digits; the standing as one letter (g, s or h),
// so that a restart makes nobody a host or less than one; the first 128 bits of the HMAC in 32
// digits.
//
// Thread-safety: const after construction; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/signaling/messages.h"
#include "core/signaling/standing.h"

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

  Secret issue(const RoomId& room, const ParticipantId& id, Standing standing,
               Clock::time_point now) const;

  // What `ticket` says of its holder; nothing where neither this server nor one with the same key
  // issued it for `room`, or it counts no more.
  std::optional<Standing> check(const RoomId& room, const Resume& ticket,
                                Clock::time_point now) const;

 private:
  std::string sign(const RoomId& room, const ParticipantId& id, std::string_view claims) const;

  ResumeKey key_;
};

}  // namespace parley
