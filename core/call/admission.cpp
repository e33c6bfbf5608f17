#include "core/call/admission.h"

#include <utility>

namespace parley {

void Admission::present(const input::JoinRoom& input) {
  password_ = input.password;
  token_ = input.token;
}

void Admission::show_at_door(Join& join) const {
  join.password = password_;
  join.token = token_;
}

void Admission::waits(std::uint32_t place) {
  place_ = place;
  role_ = Role::Guest;
  settings_.reset();
  queue_.clear();
  muted_by_.clear();
}

std::vector<HostAction> Admission::entered(const Joined& joined) {
  place_.reset();
  queue_.clear();
  role_ = joined.role.value_or(Role::Guest);
  std::vector<HostAction> restoring;
  const RoomSettings at_first;
  // Somebody who knew less may have been the first to come back.
  const bool has_lost = joined.room_is == RoomAge::Restored && settings_ &&
                        joined.settings.value_or(at_first) == at_first;
  if (is_host() && has_lost) {
    for (const auto& id : removed_) restoring.push_back(host_action::Remove{id});
  }
  if (is_host() && (!joined.settings || (has_lost && settings_ != at_first))) {
    restoring.push_back(has_lost ? restore() : host_action::Configure{});
  }
  if (joined.settings) settings_ = joined.settings;
  return restoring;
}

// The settings as this page knew them.
host_action::Configure Admission::restore() const {
  host_action::Configure configure{settings_->door, std::nullopt};
  if (!settings_->has_password) return configure;
  configure.password = password_;
  // Without it at least nobody comes in unseen.
  if (!password_ && configure.door == Door::Open) configure.door = Door::WaitingRoom;
  return configure;
}

void Admission::received(const ParticipantLeft& message) {
  if (!message.removed_by) return;
  if (removed_.size() >= most_removed) removed_.erase(removed_.begin());
  removed_.push_back(message.id);
}

void Admission::muted(const MuteRequested& message) {
  unmuted(message.medium);
  muted_by_.push_back({message.medium, message.by});
}

void Admission::unmuted(Medium medium) {
  std::erase_if(muted_by_, [&](const output::MutedBy& each) { return each.medium == medium; });
}

void Admission::acted(const HostAction& action) {
  const auto* const configure = std::get_if<host_action::Configure>(&action);
  if (configure && configure->password) password_ = configure->password;
}

void Admission::show(output::View& view) const {
  if (place_) view.admission = output::AdmissionView{*place_};
  if (role_ == Role::Host) view.self.role = role_;
  view.settings = settings_;
  view.queue = queue_;
  view.self.muted_by = muted_by_;
}

}  // namespace parley
