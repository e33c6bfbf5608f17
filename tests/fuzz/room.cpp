#include "core/signaling/room.h"

#include <array>
#include <set>
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
      if (join->resume) named_.insert(join->resume->id);
      ids_[number] = ++last_connection_;
      const auto drawn = draw();
      feed(room_input::Enter{ids_[number], std::move(*join), drawn, Standing::Successor});
    } else if (ids_[number] != 0) {
      feed(room_input::Received{ids_[number], std::move(*message)});
    }
  }

  // An id that nobody has, as a host draws it; also nobody with a ticket of the life before.
  ParticipantId draw() {
    ParticipantId id;
    do {
      id = ParticipantId("p" + std::to_string(++last_identity_));
    } while (named_.contains(id));
    return id;
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
      } else if (const auto* happened = std::get_if<room_output::Happened>(&*output)) {
        std::visit([&](const auto& event) { record(event); }, happened->event);
      }
    }
    check(room_.size() <= most_participants, "a room holds no more than it may");
    std::set<ParticipantId> members;
    for (const auto& each : room_.attendances()) members.insert(each.participant.id);
    check(members == recorded_, "who is in a room came in by the record");
    check(members.empty() != is_recorded_, "a call that goes on has begun by the record");
    const auto timeout = room_.next_timeout();
    check(!timeout || !room_.empty(), "an empty room waits for nothing");
  }

  void record(const room_event::Started&) {
    check(!is_recorded_, "a call begins once");
    is_recorded_ = true;
  }
  void record(const room_event::CameIn& event) {
    check(is_recorded_, "a call begins before somebody is in it");
    check(recorded_.insert(event.participant.id).second, "nobody comes in twice");
  }
  void record(const room_event::WentOut& event) {
    check(recorded_.erase(event.participant.id) == 1, "who goes out was in");
  }
  void record(const room_event::Over&) {
    check(is_recorded_ && recorded_.empty(), "a call is over when nobody is in it");
    is_recorded_ = false;
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
  std::set<ParticipantId> named_;     // by tickets
  std::set<ParticipantId> recorded_;  // who is in, by what happened
  bool is_recorded_ = false;          // a call, likewise
};

}  // namespace

void room(std::string_view bytes) {
  Host host;
  while (!bytes.empty()) host.take(take_line(bytes));
}

}  // namespace parley::fuzz
