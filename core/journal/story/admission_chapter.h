// Who gets in and who decides it, as a story: waiting, hosts, the door and what hosts do.
//
// Thread-safety: none.
#pragma once

#include <string>

#include "core/journal/story/cast.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"
#include "core/signaling/messages.h"

namespace parley::story {

class AdmissionChapter {
 public:
  AdmissionChapter(const Cast& cast, Story& story) : cast_(cast), story_(story) {}

  // What a host did, also what its client did by itself when a room was restored.
  void on(const Moderate& message, const Turn& turn);

  void on(const Joined& message, const Turn& turn);
  void on(const Waiting& message, const Turn& turn);
  void on(const QueueChanged& message, const Turn& turn);
  void on(const RoomChanged& message, const Turn& turn);
  void on(const RoleChanged& message, const Turn& turn);
  void on(const MuteRequested& message, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

 private:
  std::string words(const host_action::Admit& action) const;
  std::string words(const host_action::Refuse& action) const;
  std::string words(const host_action::Remove& action) const;
  std::string words(const host_action::Ban& action) const;
  std::string words(const host_action::Mute& action) const;
  std::string words(const host_action::MakeHost& action) const;
  std::string words(const host_action::Configure& action) const;
  std::string words(const host_action::EndCall& action) const;
  // Who is meant by an action: of those in the call, or who wait.
  std::string whom(const ParticipantId& id) const;

  const Cast& cast_;
  Story& story_;
  Visitors queue_;
  RoomSettings settings_;
};

}  // namespace parley::story
