#include "core/journal/story/people_chapter.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/journal/story/words.h"

namespace parley::story {
namespace {

// What somebody did to one medium, to follow their name; empty when nothing that can be named.
std::string_view change_of(Medium medium, Sending before, Sending after) {
  if (before == after) return "";
  switch (medium) {
    case Medium::Audio:
      if (after == Sending::On) return before == Sending::Off ? "unmuted" : "can be heard now";
      return after == Sending::Off ? "muted the microphone" : "has no microphone";
    case Medium::Camera:
      return after == Sending::On    ? "switched the camera on"
             : after == Sending::Off ? "switched the camera off"
                                     : "has no camera";
    case Medium::Screen:
      break;
  }
  return after == Sending::On ? "shares the screen" : "shares the screen no more";
}

}  // namespace

void PeopleChapter::begin(const output::View& view, const Turn&) {
  for (const auto& participant : view.participants) {
    cast_.know({participant.id, Arrival(), participant.name, participant.media,
                participant.presence, participant.role});
  }
  std::vector<std::string> names;
  for (const auto& participant : view.participants) {
    names.push_back(cast_.name(participant.id) + " (" + std::string(name_of(participant.state)) +
                    ")");
  }
  if (!names.empty()) story_.tell("With " + list(names) + ".");
}

void PeopleChapter::on(const input::Open&, const Turn&) { cast_.forget_all(); }

void PeopleChapter::on(const Joined& message, const Turn&) {
  const bool is_first = cast_.present().empty();
  std::vector<ParticipantId> newcomers;
  for (const auto& record : message.participants) {
    if (meet(record)) newcomers.push_back(record.id);
  }
  if (!newcomers.empty()) {
    // Only now it is known who has the same name as somebody else.
    std::vector<std::string> names;
    names.reserve(newcomers.size());
    for (const auto& id : newcomers) names.push_back(cast_.name(id));
    story_.tell(sentence_case(list(names)) + (names.size() > 1 ? " are there" : " is there") +
                (is_first ? "." : ", too."));
  } else if (message.participants.empty()) {
    story_.tell("Nobody else is there.");
  }
  // Who is missing is told of by the view: kept as away, or gone.
}

void PeopleChapter::on(const ParticipantJoined& message, const Turn&) {
  const auto& record = message.participant;
  if (meet(record)) story_.tell(sentence_case(cast_.name(record.id)) + " came.");
}

void PeopleChapter::on(const ParticipantChanged& message, const Turn&) {
  meet(message.participant);
}

bool PeopleChapter::meet(const Participant& record) {
  const auto* const known = cast_.find(record.id);
  const bool is_new = known == nullptr;
  if (known) change(*known, record);
  cast_.know(record);
  return is_new;
}

void PeopleChapter::change(const Participant& before, const Participant& after) {
  const auto who = sentence_case(cast_.name(before.id));
  // No arrival is known from a snapshot.
  if (before.arrival != after.arrival && before.arrival != Arrival()) {
    story_.tell(who + " came back as a new page (reload).");
    return;
  }
  std::vector<std::string> changes;
  if (before.presence != after.presence) {
    changes.emplace_back(after.presence == Presence::Away
                             ? "lost the connection to the server (away)"
                             : "is back with the server");
  }
  if (before.role != after.role && after.role == Role::Host) changes.emplace_back("is a host now");
  if (before.name != after.name) {
    changes.push_back(after.name.empty() ? "has no name any more"
                                         : "is called " + after.name.value() + " now");
  }
  const auto consider = [&](Medium medium, Sending old, Sending now) {
    const auto text = change_of(medium, old, now);
    if (!text.empty()) changes.emplace_back(text);
  };
  consider(Medium::Audio, before.media.audio, after.media.audio);
  consider(Medium::Camera, before.media.camera, after.media.camera);
  consider(Medium::Screen, before.media.screen, after.media.screen);
  if (!changes.empty()) story_.tell(who + " " + list(changes) + ".");
}

void PeopleChapter::on(const ParticipantLeft& message, const Turn&) {
  if (!cast_.find(message.id)) return;
  const auto who = sentence_case(cast_.name(message.id));
  if (message.removed_by) {
    // By this person, where it is nobody else.
    const bool is_other = cast_.find(*message.removed_by) != nullptr;
    story_.tell(who + " was removed" +
                (is_other ? " by " + cast_.name(*message.removed_by) + "." : "."));
    return cast_.forget(message.id);
  }
  story_.tell(who +
              (message.reason == LeaveReason::Left ? " left." : " did not come back (lost)."));
  cast_.forget(message.id);
}

// What no message said: after a restart the server knows nothing of those who are not back yet.
void PeopleChapter::on(const output::View& output, const Turn&) {
  if (!output.self.id) return cast_.forget_all();
  const auto present = cast_.present();
  for (const auto& entry : present) {
    const auto& [id, record] = entry;
    const auto shown =
        std::find_if(output.participants.begin(), output.participants.end(),
                     [&](const output::PeerView& each) { return each.id == entry.first; });
    if (shown == output.participants.end()) {
      story_.tell(sentence_case(cast_.name(id)) + " is not in the room any more.");
      cast_.forget(id);
    } else if (shown->presence == Presence::Away && record.presence == Presence::Here) {
      story_.tell(sentence_case(cast_.name(id)) + " is not back yet (away).");
      auto away = record;
      away.presence = Presence::Away;
      cast_.know(away);
    }
  }
}

// A story has one line for it.
void PeopleChapter::on(const output::Notice& output, const Turn&) {
  auto text = output.text.value();
  std::replace(text.begin(), text.end(), '\n', ' ');
  story_.tell("Whoever runs the server told everybody: \"" + text + "\"");
}

}  // namespace parley::story
