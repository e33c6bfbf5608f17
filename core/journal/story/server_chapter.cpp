#include "core/journal/story/server_chapter.h"

#include "core/journal/story/words.h"

namespace parley::story {
namespace {

// The protocol's error that closes a connection with this code.
std::optional<ErrorCode> error_of(std::uint16_t close_code) {
  for (std::size_t index = 0; index < names_of(ErrorCode{}).size(); ++index) {
    const auto code = static_cast<ErrorCode>(index);
    if (close_code != 0 && facts_of(code).close_code == close_code) return code;
  }
  return std::nullopt;
}

std::string quote(ErrorCode code) {
  return "\"" + std::string(facts_of(code).sentence) + "\" (" + std::string(name_of(code)) + ")";
}

std::string how_it_closed(std::uint16_t code) {
  if (const auto error = error_of(code))
    return "The server closed the connection: " + quote(*error);
  // RFC 6455 section 7.1.5: 1006 stands for a connection that ended without a close frame.
  constexpr std::uint16_t no_close_frame = 1006;
  if (code == no_close_frame) return "The connection to the server broke without a word (1006).";
  return "The connection to the server was closed (" + std::to_string(code) + ").";
}

std::string called(const Name& name) {
  return name.empty() ? "without a name" : "as " + name.value();
}

}  // namespace

void ServerChapter::begin(const output::View& view, const Turn& turn) {
  heard_ = turn.at;
  name_ = view.self.name;
  shown_ = view.state;
  if (view.self.id) place_ = Place{*view.self.id, Arrival()};
  if (view.problem == Problem::ServerUnreachable) {
    reach_ = Reach::Trying;
    attempts_ = {turn.at, 1};
  } else if (view.room) {
    reach_ = Reach::Reached;
  }
  story_.tell("The journal begins in the middle: the call is " + std::string(name_of(view.state)) +
              (view.room ? ", in the room \"" + view.room->value() + "\" " : ", ") +
              called(view.self.name) + ".");
}

// --- The person --------------------------------------------------------------------------------

void ServerChapter::on(const input::Open& input, const Turn&) {
  reach_ = Reach::Closed;
  attempts_ = {};
  place_.reset();
  story_.tell("Opened the room \"" + input.room.value() + "\"" +
              (input.resume ? ", with the ticket of the page before (reload)." : "."));
}

void ServerChapter::on(const input::JoinRoom& input, const Turn&) {
  name_ = input.name;
  story_.tell("Pressed Join " + called(name_) + ".");
}

void ServerChapter::on(const input::LeaveRoom&, const Turn&) { story_.tell("Left the call."); }

void ServerChapter::on(const input::SetName& input, const Turn&) {
  name_ = input.name;
  story_.tell(name_.empty() ? "Gave up the name." : "Took the name " + name_.value() + ".");
}

void ServerChapter::on(const input::Hint& input, const Turn&) {
  story_.tell(sentence(input.cause));
}

// --- Attempts ----------------------------------------------------------------------------------

void ServerChapter::on(const output::OpenSocket&, const Turn& turn) {
  // A second one beside the first, which is slow to answer but may still do so.
  if (reach_ == Reach::Reached) return;
  if (attempts_.count == 0 && reach_ == Reach::Closed) {
    attempts_.since = turn.at;
    story_.tell("Connecting to the server.");
  } else if (turn.is<input::Hint>()) {
    story_.tell("Trying the server again at once.");
  }
  reach_ = Reach::Trying;
  ++attempts_.count;
}

void ServerChapter::on(const input::SocketMessage&, const Turn& turn) { heard_ = turn.at; }

void ServerChapter::on(const input::SocketClosed& input, const Turn& turn) {
  if (reach_ == Reach::Reached || error_of(input.code)) {
    story_.tell(how_it_closed(input.code));
  } else if (attempts_.count == 1) {
    story_.tell("The server cannot be reached; trying again.");
  }
  if (reach_ == Reach::Reached) lose(turn);
}

// By itself the core gives a socket up for want of an answer only; after a hint it may give up one
// that is just being opened.
void ServerChapter::on(const output::CloseSocket&, const Turn& turn) {
  if (turn.is<input::Hint>() && reach_ == Reach::Reached) lose(turn);
  if (turn.is<input::SocketOpened>() && reach_ == Reach::Reached) {
    story_.tell("The server has not answered when asked; a second connection takes over.");
    lose(turn);
    attempts_.count = 1;
  }
  if (!turn.is<input::Tick>()) return;
  if (reach_ == Reach::Reached) {
    story_.tell("Heard nothing from the server for " + span(turn.at - heard_) +
                "; the connection counts as lost.");
    lose(turn);
  } else if (attempts_.count == 1) {
    story_.tell("The server does not answer; trying again.");
  }
}

void ServerChapter::lose(const Turn& turn) {
  reach_ = Reach::Trying;
  attempts_ = {turn.at, 0};
}

std::string ServerChapter::tried(const Turn& turn) const {
  const auto duration = span(turn.at - attempts_.since);
  if (attempts_.count < 2) return "after " + duration;
  return "after " + duration + " (tried " + count(attempts_.count, "time") + ")";
}

// --- The server's answers ----------------------------------------------------------------------

void ServerChapter::on(const Welcome& message, const Turn& turn) {
  if (reach_ != Reach::Trying) return;
  const auto program = message.server.empty() ? "" : " (" + message.server.value() + ")";
  story_.tell("The server" + program + (place_ ? " answered again " : " answered ") + tried(turn) +
              ".");
  reach_ = Reach::Reached;
  attempts_ = {};
}

void ServerChapter::on(const Joined& message, const Turn&) {
  const Place place{message.id, message.arrival};
  const bool is_unsure = place_ && place_->arrival == Arrival();  // from a snapshot
  const bool is_same = place_ && place_->id == place.id && (is_unsure || *place_ == place);
  if (message.room_is == RoomAge::Restored) {
    story_.tell("The server was started anew; the room is being restored.");
  }
  if (!place_) {
    story_.tell("Joined " + called(name_) + ".");
  } else if (is_same) {
    story_.tell("Back in the room.");
  } else {
    story_.tell("In the room again, but as a new arrival: the place before was gone.");
  }
  place_ = place;
}

void ServerChapter::on(const ComeBack& message, const Turn& turn) {
  story_.tell("The server ends its service; to come back after " +
              span(Duration::milliseconds(message.after_milliseconds)) +
              (message.server ? " at " + message.server->value() + "." : "."));
  lose(turn);
}

void ServerChapter::on(const IceServersRenewed& message, const Turn&) {
  const auto& life = message.ice_servers_expire_in_seconds;
  story_.tell("The server sent new ICE servers" +
              (life ? ", good for " + span(Duration::seconds(*life)) : std::string()) + ".");
}

void ServerChapter::on(const ErrorMessage& message, const Turn&) {
  story_.tell("The server refused: " + quote(message.code));
}

void ServerChapter::on(const output::View& output, const Turn& turn) {
  const bool has_failed = output.state == CallState::Failed && shown_ != CallState::Failed;
  shown_ = output.state;
  if (!has_failed || !output.problem) return;
  auto sentence = "The call failed: " + std::string(reason(*output.problem)) + " (" +
                  std::string(name_of(*output.problem)) + ")";
  if (attempts_.count > 0) {
    sentence +=
        ", tried " + count(attempts_.count, "time") + " in " + span(turn.at - attempts_.since);
  }
  story_.tell(sentence + ".");
}

void ServerChapter::end(const Turn& turn) {
  if (reach_ == Reach::Trying && attempts_.count > 0 && shown_ != CallState::Failed &&
      shown_ != CallState::Ended) {
    story_.tell("The server is still not reached " + tried(turn) + ".");
  }
}

}  // namespace parley::story
