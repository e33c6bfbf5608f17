#include "core/signaling/room.h"

#include <array>
#include <string>

#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/lines.h"

namespace parley::fuzz {
namespace {

constexpr std::uint32_t most_participants = 4;
constexpr std::size_t connections = 10;

class Host {
 public:
  Host() : room_(RoomId("demo"), options()) {}

  void take(std::string_view line) {
    if (line.size() < 2 || line[0] < '0' || line[0] > '9') return;
    const auto number = static_cast<std::size_t>(line[0] - '0');
    const auto event = line.substr(2);
    if (event == "wait") {
      now_ = now_ + Duration::seconds(4);
      feed(room_input::Tick{});
    } else if (event == "end") {
      feed(room_input::End{});
      check(room_.vacant(), "a call that was ended is over");
    } else if (event == "tell") {
      feed(room_input::Tell{NoticeText("At 18:00.")});
    } else if (event == "gone") {
      if (ids_[number] != 0) feed(room_input::Disconnected{ids_[number]});
      ids_[number] = 0;
    } else {
      receive(number, event);
    }
  }

 private:
  static RoomOptions options() {
    RoomOptions options;
    options.limits.participants = most_participants;
    options.arrivals_after = Arrival(100);
    options.ice_servers_expire_in_seconds = 20;
    return options;
  }

  void receive(std::size_t number, std::string_view text) {
    auto message = decode_client_message(text);
    if (!message) return;
    if (auto* const join = std::get_if<Join>(&*message); join && ids_[number] == 0) {
      // The host lets genuine tickets through only; here those are the ones that are given out.
      if (join->resume && join->resume->secret != secret_of(join->resume->id)) join->resume.reset();
      ids_[number] = ++last_connection_;
      feed(room_input::Enter{ids_[number], std::move(*join),
                             ParticipantId("p" + std::to_string(++last_identity_)),
                             Standing::Successor});
    } else if (ids_[number] != 0) {
      feed(room_input::Received{ids_[number], std::move(*message)});
    }
  }

  static Secret secret_of(const ParticipantId& id) { return Secret("of " + id.value()); }

  void feed(const RoomInput& input) {
    room_.handle(input, now_);
    std::size_t outputs = 0;
    while (const auto output = room_.poll()) {
      // Everybody is told of a few things at most: somebody taken over from, somebody who came,
      // one's own place and who waits.
      check(++outputs <= 4 * (connections + most_participants),
            "a room says a bounded number of things");
      if (const auto* refused = std::get_if<room_output::Refused>(&*output)) {
        forget(refused->connection);
      } else if (const auto* dismissed = std::get_if<room_output::Dismiss>(&*output)) {
        forget(dismissed->connection);
      }
    }
    check(room_.size() <= most_participants, "a room holds no more than it may");
    const auto timeout = room_.next_timeout();
    check(!timeout || !room_.empty(), "an empty room waits for nothing");
  }

  void forget(ConnectionId connection) {
    for (auto& id : ids_) {
      if (id == connection) id = 0;
    }
  }

  Room room_;
  Timestamp now_;
  std::array<ConnectionId, connections> ids_{};  // of those who asked to enter; 0: nobody
  ConnectionId last_connection_ = 0;
  int last_identity_ = 0;
};

}  // namespace

void room(std::string_view bytes) {
  Host host;
  while (!bytes.empty()) host.take(take_line(bytes));
}

}  // namespace parley::fuzz
