#include "core/journal/story/path_chapter.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "core/journal/story/words.h"

namespace parley::story {
namespace {

bool sets_remote(const Turn& turn, DescriptionKind kind, const Sdp& sdp) {
  return turn.find<output::SetRemote>([&](const output::SetRemote& output) {
    return output.kind == kind && output.sdp == sdp;
  }) != nullptr;
}

std::string exchanged(std::size_t sent, std::size_t received) {
  if (sent + received == 0) return "";
  return " (" + count(sent, "candidate") + " sent, " + std::to_string(received) + " received)";
}

// "", ", 2nd try", ", 3rd try".
std::string attempt(std::size_t number) {
  if (number < 2) return "";
  const std::string_view ending = number == 2 ? "nd" : number == 3 ? "rd" : "th";
  return ", " + std::to_string(number) + std::string(ending) + " try";
}

}  // namespace

void PathChapter::begin(const output::View& view, const Turn& turn) {
  for (const auto& participant : view.participants) {
    auto& path = paths_[participant.id];
    path.since_what = "the beginning of the journal";
    path.since = turn.at;
    path.link = participant.link;
    path.state = participant.state;
    path.has_worked = participant.state != PeerState::Connecting;
    if (participant.state == PeerState::Reconnecting) path.broken_since = turn.at;
  }
}

// --- Who is there ------------------------------------------------------------------------------

void PathChapter::on(const input::Open&, const Turn&) { paths_.clear(); }

void PathChapter::meet(const Participant& record, std::string since_what, Timestamp since) {
  const auto [entry, is_new] = paths_.try_emplace(record.id);
  auto& path = entry->second;
  // No arrival is known from a snapshot.
  const bool is_new_page = path.arrival != Arrival() && path.arrival != record.arrival;
  if (is_new || is_new_page) {
    path = {};
    path.since_what = std::move(since_what);
    path.since = since;
  }
  path.arrival = record.arrival;
}

void PathChapter::on(const Joined& message, const Turn& turn) {
  for (const auto& record : message.participants) meet(record, "joining", turn.at);
  if (!message.offer_to) return;
  auto& path = paths_[*message.offer_to];
  path.own_offer = OwnOffer::Sent;
  path.candidates_sent += candidates_with_join_;
  story_.tell("The connection proposed with joining went to " + cast_.name(*message.offer_to) +
              " (offer).");
}

void PathChapter::on(const Join& message, const Turn&) {
  candidates_with_join_ = message.offer ? message.offer->candidates.size() : 0;
}

void PathChapter::on(const ParticipantJoined& message, const Turn& turn) {
  const auto& record = message.participant;
  meet(record, cast_.name(record.id) + " came", turn.at);
}

void PathChapter::on(const ParticipantChanged& message, const Turn& turn) {
  const auto& record = message.participant;
  meet(record, cast_.name(record.id) + " came back", turn.at);
}

// --- Offers and answers ------------------------------------------------------------------------

void PathChapter::on(const SignalFrom& message, const Turn& turn) {
  const auto found = paths_.find(message.from);
  if (found == paths_.end()) return;
  auto& path = found->second;
  const auto who = sentence_case(cast_.name(message.from));
  std::visit([&](const auto& payload) { received(path, who, payload, turn); }, message.payload);
}

void PathChapter::received(Path& path, const std::string& who, const Offer& offer,
                           const Turn& turn) {
  path.candidates_received += offer.candidates.size();
  if (sets_remote(turn, DescriptionKind::Offer, offer.sdp)) return;  // told of there
  path.waiting_offer = offer;
  if (path.own_offer == OwnOffer::Sent) tell_ignored_offer(path, who);
}

void PathChapter::tell_ignored_offer(Path& path, const std::string& who) {
  path.waiting_offer.reset();
  story_.tell(who + " proposed a connection at the same time (glare); that one is ignored, this " +
              "side's stands.");
}

void PathChapter::received(Path& path, const std::string& who, const Answer& answer,
                           const Turn& turn) {
  if (sets_remote(turn, DescriptionKind::Answer, answer.sdp)) {
    path.own_offer = OwnOffer::None;
    story_.tell(who + " accepted (answer).");
  } else if (turn.find<output::CreateLink>()) {
    story_.tell(who + " accepted with another connection than before (answer).");
  } else {
    story_.tell(who + " accepted what is not proposed any more (answer); ignored.");
  }
}

void PathChapter::received(Path& path, const std::string&, const Candidate&, const Turn&) {
  ++path.candidates_received;
}

void PathChapter::received(Path&, const std::string&, const EndOfCandidates&, const Turn&) {}

void PathChapter::on(const SignalTo& message, const Turn&) {
  auto& path = paths_[message.to];
  const auto who = cast_.name(message.to);
  std::visit([&](const auto& payload) { sent(path, who, payload); }, message.payload);
}

void PathChapter::sent(Path& path, const std::string& who, const Offer& offer) {
  path.candidates_sent += offer.candidates.size();
  path.own_offer = OwnOffer::Sent;
  story_.tell("Proposed a connection to " + who + " (offer).");
  if (path.waiting_offer) tell_ignored_offer(path, sentence_case(who));
}

void PathChapter::sent(Path& path, const std::string& who, const Answer&) {
  path.own_offer = OwnOffer::None;
  story_.tell("Accepted what " + who + " proposed (answer).");
}

void PathChapter::sent(Path& path, const std::string&, const Candidate&) { ++path.candidates_sent; }

void PathChapter::sent(Path&, const std::string&, const EndOfCandidates&) {}

void PathChapter::on(const output::SetLocal& output, const Turn&) {
  auto* const path = path_behind(output.link);
  actions_[output.action] = std::string(name_of(output.kind)) + " of this side" +
                            (path ? " for " + who(output.link) : "");
  if (path && output.kind == DescriptionKind::Offer) path->own_offer = OwnOffer::Making;
}

void PathChapter::on(const output::SetRemote& output, const Turn&) {
  auto* const path = path_behind(output.link);
  if (!path) return;
  actions_[output.action] = std::string(name_of(output.kind)) + " of " + who(output.link);
  if (output.kind != DescriptionKind::Offer) return;
  auto sentence = sentence_case(who(output.link)) + " proposed a connection (offer)";
  if (path->own_offer != OwnOffer::None) {
    sentence += ", at the same time as this side (glare); that one stands, this side's is given up";
  }
  path->own_offer = OwnOffer::None;
  path->waiting_offer.reset();
  story_.tell(sentence + ".");
}

void PathChapter::on(const input::ActionFailed& input, const Turn&) {
  // One candidate that the browser cannot use is no loss, and its action is not known here.
  const auto action = actions_.extract(input.action);
  if (action.empty()) return;
  story_.tell("The browser could not set the " + action.mapped() + ": " + input.error.value() +
              ".");
}

// --- The path ----------------------------------------------------------------------------------

void PathChapter::on(const input::LinkPath& input, const Turn& turn) {
  auto* const path = path_behind(input.link);
  if (!path) return;
  const auto name = who(input.link);
  switch (input.state) {
    case PathState::Connected:
      return works(*path, name, turn);
    case PathState::Disconnected:
      break_off(*path, turn);
      return story_.tell("Nothing arrives from " + name + " any more (disconnected).");
    case PathState::Failed:
      break_off(*path, turn);
      return story_.tell(path->has_worked ? "The path to " + name + " is broken (failed)."
                                          : "No path to " + name + " was found (failed).");
    case PathState::New:
    case PathState::Connecting:
    case PathState::Closed:
      return;
  }
}

void PathChapter::on(const input::LinkSilent& input, const Turn& turn) {
  auto* const path = path_behind(input.link);
  // Where nothing is done about it the other side has nothing to send.
  if (!path || !turn.find<output::View>()) return;
  break_off(*path, turn);
  story_.tell("No packet from " + who(input.link) + " for a second.");
}

void PathChapter::on(const input::LinkHeard& input, const Turn& turn) {
  if (auto* const path = path_behind(input.link)) works(*path, who(input.link), turn);
}

void PathChapter::on(const output::SetIceServers& output, const Turn& turn) {
  // Without an ICE restart it is only the servers that are new.
  if (output.transport != Transport::Relay || !turn.find<output::RestartIce>()) return;
  if (!path_behind(output.link)) return;
  story_.tell("From now on only over a relay with " + who(output.link) + ".");
}

void PathChapter::works(Path& path, const std::string& who, const Turn& turn) {
  const auto candidates =
      exchanged(std::exchange(path.candidates_sent, 0), std::exchange(path.candidates_received, 0));
  const auto broken_since = std::exchange(path.broken_since, std::nullopt);
  if (!path.has_worked) {
    story_.tell("Connected with " + who + " " + span(turn.at - path.since) + " after " +
                path.since_what + candidates + ".");
  } else if (broken_since) {
    story_.tell("Back with " + who + " after " + span(turn.at - *broken_since) + candidates + ".");
  }
  path.has_worked = true;
  path.restarts = 0;
}

void PathChapter::break_off(Path& path, const Turn& turn) {
  if (path.has_worked && !path.broken_since) path.broken_since = turn.at;
}

void PathChapter::on(const output::RestartIce& output, const Turn& turn) {
  auto* const path = path_behind(output.link);
  if (!path) return;
  const auto name = who(output.link);
  const bool works = path->has_worked && !path->broken_since;
  if (works && turn.is<input::Hint>()) {
    story_.tell("Moving the connection with " + name + " to the present network (ICE restart).");
    return;
  }
  ++path->restarts;
  story_.tell((path->has_worked ? "Looking for another path to " : "Looking again for a path to ") +
              name + " (ICE restart" + attempt(path->restarts) + ").");
}

void PathChapter::on(const output::CreateLink& output, const Turn&) {
  auto* const path = path_behind(output.link);
  if (!path || !path->link) return;  // the first one needs no mention
  const auto name = who(output.link);
  if (output.role == LinkRole::Offering) {
    ++path->restarts;
    path->own_offer = OwnOffer::None;
    story_.tell("Beginning anew with " + name + " (new peer connection" + attempt(path->restarts) +
                ").");
  } else if (path->own_offer == OwnOffer::None) {
    story_.tell(sentence_case(name) + " began anew (new peer connection).");
  }
}

void PathChapter::on(const output::View& output, const Turn& turn) {
  std::erase_if(paths_, [&](const auto& entry) {
    return std::none_of(
        output.participants.begin(), output.participants.end(),
        [&](const output::PeerView& participant) { return participant.id == entry.first; });
  });
  for (const auto& participant : output.participants) {
    auto& path = paths_[participant.id];
    const bool has_broken =
        path.state == PeerState::Connected && participant.state == PeerState::Reconnecting;
    path.state = participant.state;
    path.link = participant.link;
    if (!has_broken || path.broken_since) continue;
    break_off(path, turn);
    if (story_.is_silent()) {
      story_.tell("The connection with " + cast_.name(participant.id) + " broke off.");
    }
  }
}

// --- Looking up --------------------------------------------------------------------------------

PathChapter::Path* PathChapter::path_behind(LinkId link) {
  const auto id = cast_.behind(link);
  const auto found = id ? paths_.find(*id) : paths_.end();
  return found == paths_.end() ? nullptr : &found->second;
}

std::string PathChapter::who(LinkId link) const { return cast_.name(*cast_.behind(link)); }

}  // namespace parley::story
