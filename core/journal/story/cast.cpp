#include "core/journal/story/cast.h"

#include <algorithm>

namespace parley::story {

void Cast::know(const Participant& record) {
  present_.insert_or_assign(record.id, record);
  names_.insert_or_assign(record.id, record.name);
}

void Cast::learn_links(const output::View& view) {
  for (const auto& participant : view.participants) {
    for (const auto& link : {participant.link, participant.successor}) {
      if (link) links_.insert_or_assign(*link, participant.id);
    }
  }
}

const Participant* Cast::find(const ParticipantId& id) const {
  const auto found = present_.find(id);
  return found == present_.end() ? nullptr : &found->second;
}

std::string Cast::name(const ParticipantId& id) const {
  const auto found = names_.find(id);
  if (found == names_.end() || found->second.empty()) {
    return "somebody without a name (" + id.value() + ")";
  }
  const auto same = std::count_if(names_.begin(), names_.end(),
                                  [&](const auto& entry) { return entry.second == found->second; });
  return same > 1 ? found->second.value() + " (" + id.value() + ")" : found->second.value();
}

std::optional<ParticipantId> Cast::behind(LinkId link) const {
  const auto found = links_.find(link);
  return found == links_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace parley::story
