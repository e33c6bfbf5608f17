// The door of a room: what becomes of somebody who comes without a ticket. A host sets it.
//
// Thread-safety: none; belongs to one Room.
#pragma once

#include <optional>
#include <variant>

#include "core/base/time.h"
#include "core/signaling/errors.h"
#include "core/signaling/host_action.h"

namespace parley {

namespace verdict {
struct ComesIn {};
struct Waits {};
struct TurnedAway {
  ErrorCode why;
};
}  // namespace verdict
using Verdict = std::variant<verdict::ComesIn, verdict::Waits, verdict::TurnedAway>;

class DoorKeeper {
 public:
  RoomSettings settings() const { return {door_, !password_.empty()}; }

  void configure(const host_action::Configure& action);
  // Nobody comes in unseen from now on; a locked door stays locked.
  void let_nobody_in_unseen();

  // A wrong password is counted.
  Verdict judge(const std::optional<Password>& given, Timestamp now);

  // The password itself is in no snapshot.
  static constexpr auto fields() {
    return std::tuple(field("door", &DoorKeeper::door_),
                      field("wrongUntil", &DoorKeeper::wrong_until_));
  }

 private:
  std::optional<ErrorCode> check_password(const std::optional<Password>& given, Timestamp now);

  Door door_ = Door::Open;
  Password password_;  // empty: none
  // When the last of the wrong passwords that came is forgotten (a leaky bucket, as time).
  Timestamp wrong_until_;
};

}  // namespace parley
