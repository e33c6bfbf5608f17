// The connection to the server and the place in the room, as a story: reached, joined, lost, tried
// for again, back, refused.
//
// Thread-safety: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/call/call.h"
#include "core/journal/story/story.h"
#include "core/journal/story/turn.h"
#include "core/signaling/messages.h"

namespace parley::story {

class ServerChapter {
 public:
  explicit ServerChapter(Story& story) : story_(story) {}

  // The story begins with this state.
  void begin(const output::View& view, const Turn& turn);

  void on(const input::Open& input, const Turn& turn);
  void on(const input::JoinRoom& input, const Turn& turn);
  void on(const input::LeaveRoom& input, const Turn& turn);
  void on(const input::SetName& input, const Turn& turn);
  void on(const input::SocketMessage& input, const Turn& turn);
  void on(const input::SocketClosed& input, const Turn& turn);
  void on(const input::Hint& input, const Turn& turn);

  void on(const Welcome& message, const Turn& turn);
  void on(const Joined& message, const Turn& turn);
  void on(const ComeBack& message, const Turn& turn);
  void on(const IceServersRenewed& message, const Turn& turn);
  void on(const ErrorMessage& message, const Turn& turn);

  void on(const output::OpenSocket& output, const Turn& turn);
  void on(const output::CloseSocket& output, const Turn& turn);
  void on(const output::View& output, const Turn& turn);

  template <class Other>
  void on(const Other&, const Turn&) {}

  // The journal ends at this turn.
  void end(const Turn& turn);

 private:
  enum class Reach : std::uint8_t { Closed, Trying, Reached };

  // Attempts since the server was last reached, or since it was tried first.
  struct Attempts {
    Timestamp since;
    std::uint32_t count = 0;
  };
  // The place that the server gave in the room.
  struct Place {
    ParticipantId id;
    Arrival arrival;
    bool operator==(const Place&) const = default;
  };

  void lose(const Turn& turn);
  std::string tried(const Turn& turn) const;

  Story& story_;
  Reach reach_ = Reach::Closed;
  Attempts attempts_;
  Timestamp heard_;
  Name name_;
  std::optional<Place> place_;
  CallState shown_ = CallState::Idle;
};

}  // namespace parley::story
