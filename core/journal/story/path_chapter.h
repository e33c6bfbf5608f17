// The ways to the others, as a story: who proposed a connection, who accepted, when media began to
// flow, when it stopped and what was done about it.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/call/call.h"
#include "core/journal/story/cast.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"
#include "core/signaling/messages.h"

namespace parley::story {

class PathChapter {
 public:
  PathChapter(Cast& cast, Story& story) : cast_(cast), story_(story) {}

  void begin(const output::View& view, const Turn& turn);

  void on(const input::Open& input, const Turn& turn);
  void on(const input::LinkPath& input, const Turn& turn);
  void on(const input::LinkSilent& input, const Turn& turn);
  void on(const input::LinkHeard& input, const Turn& turn);
  void on(const input::ActionFailed& input, const Turn& turn);

  void on(const Join& message, const Turn& turn);
  void on(const Joined& message, const Turn& turn);
  void on(const ParticipantJoined& message, const Turn& turn);
  void on(const ParticipantChanged& message, const Turn& turn);
  void on(const SignalFrom& message, const Turn& turn);
  void on(const SignalTo& message, const Turn& turn);

  void on(const output::CreateLink& output, const Turn& turn);
  void on(const output::SetIceServers& output, const Turn& turn);
  void on(const output::RestartIce& output, const Turn& turn);
  void on(const output::SetLocal& output, const Turn& turn);
  void on(const output::SetRemote& output, const Turn& turn);
  void on(const output::View& output, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

 private:
  enum class OwnOffer : std::uint8_t { None, Making, Sent };

  // The way to one participant.
  struct Path {
    Arrival arrival;
    std::string since_what;  // "joining" or "Ben came": the event from which connecting is counted
    Timestamp since;
    std::optional<LinkId> link;
    PeerState state = PeerState::Connecting;  // as shown last
    bool has_worked = false;
    std::optional<Timestamp> broken_since;
    std::size_t restarts = 0;  // and new connections since it last worked
    std::size_t candidates_sent = 0;
    std::size_t candidates_received = 0;
    OwnOffer own_offer = OwnOffer::None;
    std::optional<Offer> waiting_offer;  // of the other side, not taken up so far
  };

  void meet(const Participant& record, std::string since_what, Timestamp since);
  void works(Path& path, const std::string& who, const Turn& turn);
  void break_off(Path& path, const Turn& turn);
  void received(Path& path, const std::string& who, const Offer& offer, const Turn& turn);
  void received(Path& path, const std::string& who, const Answer& answer, const Turn& turn);
  void received(Path& path, const std::string& who, const Candidate& candidate, const Turn& turn);
  void received(Path& path, const std::string& who, const EndOfCandidates& end, const Turn& turn);
  void sent(Path& path, const std::string& who, const Offer& offer);
  void sent(Path& path, const std::string& who, const Answer& answer);
  void sent(Path& path, const std::string& who, const Candidate& candidate);
  void sent(Path& path, const std::string& who, const EndOfCandidates& end);
  void tell_ignored_offer(Path& path, const std::string& who);

  Path* path_behind(LinkId link);
  // The name of who is behind the link; to be asked only where path_behind() is not null.
  std::string who(LinkId link) const;

  Cast& cast_;
  Story& story_;
  std::map<ParticipantId, Path> paths_;
  std::map<ActionId, std::string> actions_;  // the descriptions that the browser is to set
  std::size_t candidates_with_join_ = 0;     // in the offer that went to the server with Join
};

}  // namespace parley::story
