// Who appears in a story, and by which name: the records of those who are in the call, and whom
// each peer connection leads to.
//
// Thread-safety: none.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/call/output.h"
#include "core/signaling/types.h"

namespace parley::story {

class Cast {
 public:
  // The participant's record as it is now.
  void know(const Participant& record);
  // Gone from the call; the name stays known.
  void forget(const ParticipantId& id) { present_.erase(id); }
  void forget_all() { present_.clear(); }
  // Which peer connection leads to whom.
  void learn_links(const output::View& view);

  const Participant* find(const ParticipantId& id) const;
  const std::map<ParticipantId, Participant>& present() const { return present_; }

  // The name in a sentence; with the id where two have the same name, or none.
  std::string name(const ParticipantId& id) const;

  // Nothing for a peer connection that was made ahead and leads to nobody yet.
  std::optional<ParticipantId> behind(LinkId link) const;

 private:
  std::map<ParticipantId, Participant> present_;
  std::map<ParticipantId, Name> names_;  // of all who ever were there
  std::map<LinkId, ParticipantId> links_;
};

}  // namespace parley::story
