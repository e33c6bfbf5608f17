// The others in the room, as a story: who comes, goes, is away, and what they switch on and off.
// It keeps the records in the Cast.
//
// Thread-safety: none.
#pragma once

#include "core/journal/story/cast.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"
#include "core/signaling/messages.h"

namespace parley::story {

class PeopleChapter {
 public:
  PeopleChapter(Cast& cast, Story& story) : cast_(cast), story_(story) {}

  void begin(const output::View& view, const Turn& turn);

  void on(const input::Open& input, const Turn& turn);

  void on(const Joined& message, const Turn& turn);
  void on(const ParticipantJoined& message, const Turn& turn);
  void on(const ParticipantChanged& message, const Turn& turn);
  void on(const ParticipantLeft& message, const Turn& turn);

  void on(const output::View& output, const Turn& turn);
  void on(const output::Notice& output, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

 private:
  // Keeps the record and tells of what has changed. True when it is somebody new.
  bool meet(const Participant& record);
  void change(const Participant& before, const Participant& after);

  Cast& cast_;
  Story& story_;
};

}  // namespace parley::story
