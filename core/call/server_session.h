// The client's side of the signaling connection: opens a socket, greets, joins, keeps the
// connection under watch and opens another when it breaks.
//
//     Closed --open--> Opening --opened--> Greeting --welcome--> Ready
//     Greeting | Ready --join--> Joining (hello and join may travel together) --joined--> Joined
//     Joining | Joined --told to wait--> Waiting --joined--> Joined
//
//     any but Closed --socket lost, deadline passed--> Pausing --delay passed--> Opening
//     any with a socket --told to come back--> Returning --time has come--> Opening
//
//     Joined, but silent when asked: a second socket is opened beside it; once that is open, it
//     takes the place of the silent one --> Greeting. The server's answer ends it.
//
//     any --refused for good, close--> Closed
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/call/effects.h"
#include "core/call/policies.h"
#include "core/signaling/messages.h"

namespace parley {

namespace session_event {
struct Greeted {
  Welcome welcome;
};
struct Entered {
  Joined joined;
};
// A host has to decide; `place` in the queue.
struct MustWait {
  std::uint32_t place = 0;
};
struct Received {
  ServerMessage message;
};
struct Interrupted {};  // the connection is lost; another will be opened
struct Refused {        // and nothing more will be tried
  Problem problem;
};
}  // namespace session_event
using SessionEvent =
    std::variant<session_event::Greeted, session_event::Entered, session_event::MustWait,
                 session_event::Received, session_event::Interrupted, session_event::Refused>;

class ServerSession {
 public:
  // From a request to its answer. A mobile network that wakes up takes three to five seconds.
  static constexpr Duration answer_within = Duration::seconds(10);

  // Silence after which a ping is sent, and after which the connection counts as lost. The server
  // drops a silent connection after 15 s; both sides should find out at about the same time.
  static constexpr Duration ping_after = Duration::seconds(7);
  static constexpr Duration lost_after = Duration::seconds(14);

  // A server that is asked after a hint answers within a round trip, or the connection is dead.
  static constexpr Duration probe_within = Duration::seconds(2);

  // From the question to the second socket. A network that has changed swallows what is sent the
  // old way, and most servers answer within this time where it has not.
  static constexpr Duration successor_after = Duration::milliseconds(300);

  // An attempt that began without a network repeats its first packet ever more seldom: after one
  // second, three, seven (RFC 6298 section 2). A younger one has not begun to wait for long.
  static constexpr Duration begins_anew_after = Duration::milliseconds(500);

  enum class State : std::uint8_t {
    Closed,
    Opening,
    Greeting,
    Ready,
    Joining,
    Waiting,
    Joined,
    Pausing,
    Returning
  };

  State state() const { return static_cast<State>(state_.index()); }
  bool can_join() const { return state() == State::Greeting || state() == State::Ready; }

  // Precondition: Closed.
  void open(Effects& effects, const RoomId& room, const ClientName& client);
  // Precondition: can_join().
  void join(Effects& effects, const Join& join);
  // Sends a message. Precondition: Joined.
  void send(Effects& effects, const ClientMessage& message);
  // Says goodbye where there is somebody to hear it. Allowed in every state.
  void close(Effects& effects);

  std::optional<SessionEvent> socket_opened(Effects& effects, SocketId socket);
  std::optional<SessionEvent> socket_message(Effects& effects, SocketId socket,
                                             std::string_view text);
  std::optional<SessionEvent> socket_closed(Effects& effects, SocketId socket, std::uint16_t code);
  // Tries again at once where it waits to, and asks the server for a sign of life where the
  // connection may have died without a word.
  std::optional<SessionEvent> hint(Effects& effects, HintCause cause);

  // Packets of others come again, so that the network is back: what is tried again begins anew.
  void network_is_back(Effects& effects);

  // Asks the server for a sign of life now, where it is not being asked already.
  void probe(Effects& effects);

  // The one that is being opened or is open.
  std::optional<SocketId> socket() const;

  // Whether events of this socket are still wanted.
  bool is_current(SocketId socket) const;

  std::optional<Timestamp> next_timeout() const;
  std::optional<SessionEvent> time_passed(Effects& effects);

  // Attempts to reach the server since it last answered.
  std::uint32_t attempts() const { return attempts_; }

  // The server was not reached at the first attempt and has not been since.
  bool is_in_trouble() const;

  static constexpr auto fields() {
    return std::tuple(field("state", &ServerSession::state_), field("room", &ServerSession::room_),
                      field("client", &ServerSession::client_),
                      field("elsewhere", &ServerSession::elsewhere_),
                      field("attempts", &ServerSession::attempts_));
  }

 private:
  struct Closed {
    static constexpr std::string_view type = "closed";
    static constexpr auto fields() { return std::tuple(); }
  };
  struct Opening {
    static constexpr std::string_view type = "opening";
    SocketId socket;
    Timestamp until;  // when another is opened beside it
    std::optional<SocketId> successor;
    static constexpr auto fields() {
      return std::tuple(field("socket", &Opening::socket), field("until", &Opening::until),
                        field("successor", &Opening::successor));
    }
  };
  struct Greeting {
    static constexpr std::string_view type = "greeting";
    SocketId socket;
    Timestamp until;
    static constexpr auto fields() {
      return std::tuple(field("socket", &Greeting::socket), field("until", &Greeting::until));
    }
  };
  // When the server was last heard, and whether it was asked to say something since.
  struct Watch {
    Timestamp heard;
    std::optional<Timestamp> pinged;
    static constexpr auto fields() {
      return std::tuple(field("heard", &Watch::heard), field("pinged", &Watch::pinged));
    }
  };
  struct Ready {
    static constexpr std::string_view type = "ready";
    SocketId socket;
    Watch watch;
    static constexpr auto fields() {
      return std::tuple(field("socket", &Ready::socket), field("watch", &Ready::watch));
    }
  };
  struct Joining {
    static constexpr std::string_view type = "joining";
    SocketId socket;
    Timestamp until;
    static constexpr auto fields() {
      return std::tuple(field("socket", &Joining::socket), field("until", &Joining::until));
    }
  };
  struct AtDoor {
    static constexpr std::string_view type = "waiting";
    SocketId socket;
    Watch watch;
    static constexpr auto fields() {
      return std::tuple(field("socket", &AtDoor::socket), field("watch", &AtDoor::watch));
    }
  };
  struct InRoom {
    static constexpr std::string_view type = "joined";
    SocketId socket;
    Watch watch;
    std::optional<Timestamp> successor_at;  // when a second socket is opened
    std::optional<SocketId> successor;      // which is being opened
    static constexpr auto fields() {
      return std::tuple(field("socket", &InRoom::socket), field("watch", &InRoom::watch),
                        field("successorAt", &InRoom::successor_at),
                        field("successor", &InRoom::successor));
    }
  };
  struct Pausing {
    static constexpr std::string_view type = "pausing";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Pausing::until)); }
  };
  struct Returning {
    static constexpr std::string_view type = "returning";
    Timestamp until;
    static constexpr auto fields() { return std::tuple(field("until", &Returning::until)); }
  };

  void enter_opening(Effects& effects);
  std::optional<SessionEvent> received(Effects& effects, ServerMessage message);
  // The server that is asked next; nullopt: the one that the page names.
  std::optional<Url> next_server() const;
  Duration next_pause(Effects& effects) const;
  SessionEvent step_aside(Effects& effects, const ComeBack& message);
  // Gives the socket up; opens another after `pause`.
  SessionEvent interrupt(Effects& effects, Duration pause);
  SessionEvent refuse(Effects& effects, Problem problem);
  SessionEvent open_another(Effects& effects);
  void give_up_successor(Effects& effects);
  void close_sockets(Effects& effects);
  std::optional<SocketId> successor() const;
  std::optional<SocketId>* successor_slot();
  Watch* watch();
  const Watch* watch() const;
  std::optional<Timestamp> deadline() const;

  // The alternatives are in the order of State.
  std::variant<Closed, Opening, Greeting, Ready, Joining, AtDoor, InRoom, Pausing, Returning>
      state_;
  std::optional<RoomId> room_;  // once opened
  ClientName client_;
  std::optional<Url> elsewhere_;  // where the server sent its clients
  std::uint32_t attempts_ = 0;
};

}  // namespace parley
