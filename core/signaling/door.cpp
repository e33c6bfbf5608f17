#include "core/signaling/door.h"

#include <algorithm>

#include "core/base/constant_time.h"

namespace parley {

void DoorKeeper::configure(const host_action::Configure& action) {
  if (action.door) door_ = *action.door;
  if (action.password) password_ = *action.password;
}

void DoorKeeper::let_nobody_in_unseen() {
  if (door_ == Door::Open) door_ = Door::WaitingRoom;
}

Verdict DoorKeeper::judge(const std::optional<Password>& given, Timestamp now) {
  if (door_ == Door::Locked) return verdict::TurnedAway{ErrorCode::RoomLocked};
  if (const auto wrong = check_password(given, now)) return verdict::TurnedAway{*wrong};
  if (door_ == Door::WaitingRoom) return verdict::Waits{};
  return verdict::ComesIn{};
}

std::optional<ErrorCode> DoorKeeper::check_password(const std::optional<Password>& given,
                                                    Timestamp now) {
  if (password_.empty()) return std::nullopt;
  if (!given || given->empty()) return ErrorCode::PasswordRequired;
  // Even a right one would tell a guesser that it is.
  const auto bucket = limits::wrong_password_every * limits::wrong_passwords;
  if (wrong_until_ + limits::wrong_password_every > now + bucket) {
    return ErrorCode::TooManyPasswords;
  }
  if (equal_in_constant_time(given->value(), password_.value(), limits::password_bytes)) {
    return std::nullopt;
  }
  wrong_until_ = std::max(wrong_until_, now) + limits::wrong_password_every;
  return ErrorCode::WrongPassword;
}

}  // namespace parley
