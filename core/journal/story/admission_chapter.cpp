#include "core/journal/story/admission_chapter.h"

#include <algorithm>
#include <string>

#include "core/journal/story/words.h"

namespace parley::story {
namespace {

std::string_view door_sentence(Door door) {
  switch (door) {
    case Door::Open:
      return "The room is open";
    case Door::WaitingRoom:
      return "Newcomers wait until a host admits them";
    case Door::Locked:
      return "The room is locked";
  }
  return "";
}

std::string settings_sentence(const RoomSettings& settings) {
  return std::string(door_sentence(settings.door)) +
         (settings.has_password ? ", with a password." : ".");
}

}  // namespace

std::string AdmissionChapter::whom(const ParticipantId& id) const {
  const auto visitor = std::find_if(queue_.begin(), queue_.end(),
                                    [&](const Visitor& each) { return each.id == id; });
  if (visitor != queue_.end() && !visitor->name.empty()) return visitor->name.value();
  return cast_.name(id);
}

void AdmissionChapter::on(const Moderate& message, const Turn&) {
  story_.tell("As a host: " +
              std::visit([&](const auto& each) { return words(each); }, message.action) + ".");
}

std::string AdmissionChapter::words(const host_action::Admit& action) const {
  return "admit " + (action.id ? whom(*action.id) : "all who wait");
}

std::string AdmissionChapter::words(const host_action::Refuse& action) const {
  return "refuse " + whom(action.id);
}

std::string AdmissionChapter::words(const host_action::Remove& action) const {
  return "remove " + whom(action.id);
}

std::string AdmissionChapter::words(const host_action::Ban& action) const {
  return "ban " + whom(action.id);
}

std::string AdmissionChapter::words(const host_action::Mute& action) const {
  return "mute the " + std::string(device(action.medium)) + " of " +
         (action.id ? whom(*action.id) : "all others");
}

std::string AdmissionChapter::words(const host_action::MakeHost& action) const {
  return "make " + whom(action.id) + " a host, too";
}

std::string AdmissionChapter::words(const host_action::Configure& action) const {
  std::vector<std::string> parts;
  if (action.door) parts.push_back("set the door to " + std::string(name_of(*action.door)));
  if (action.password) {
    parts.emplace_back(action.password->empty() ? "take the password off" : "set a password");
  }
  return parts.empty() ? "leave the door as it is" : list(parts);
}

std::string AdmissionChapter::words(const host_action::EndCall&) const {
  return "end the call for everybody";
}

void AdmissionChapter::on(const Joined& message, const Turn& turn) {
  queue_.clear();
  if (message.settings) on(RoomChanged{*message.settings}, turn);
}

void AdmissionChapter::on(const Waiting& message, const Turn&) {
  story_.tell("Waiting for a host to decide, as number " + std::to_string(message.place) + ".");
}

void AdmissionChapter::on(const QueueChanged& message, const Turn&) {
  for (const auto& visitor : message.waiting) {
    if (std::find(queue_.begin(), queue_.end(), visitor) != queue_.end()) continue;
    const auto name = visitor.name.empty() ? visitor.id.value() : visitor.name.value();
    story_.tell(sentence_case(name) + " waits to be admitted.");
  }
  queue_ = message.waiting;
}

void AdmissionChapter::on(const RoomChanged& message, const Turn&) {
  if (message.settings == settings_) return;
  settings_ = message.settings;
  story_.tell(settings_sentence(settings_));
}

void AdmissionChapter::on(const RoleChanged& message, const Turn&) {
  story_.tell(message.role == Role::Host ? "Became a host." : "Is a guest now.");
}

void AdmissionChapter::on(const MuteRequested& message, const Turn&) {
  story_.tell("The " + std::string(device(message.medium)) + " was muted by " +
              cast_.name(message.by) + ".");
}

}  // namespace parley::story
