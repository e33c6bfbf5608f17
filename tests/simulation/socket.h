// One WebSocket between a tab and the server, both directions in order, and what the network does
// with it.
#pragma once

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/fields.h"
#include "core/base/time.h"
#include "core/call/types.h"
#include "core/signaling/room.h"

namespace parley::simulation {

// Something that happens later, not before `at` and not before what waits in front of it.
template <class What>
struct Pending {
  Timestamp at;
  What what;
  static constexpr auto fields() {
    return std::tuple(field("at", &Pending::at), field("what", &Pending::what));
  }
};

// Appends so that the order of the queue is kept whatever the delay.
template <class What>
void append(std::deque<Pending<What>>& queue, Timestamp at, What what) {
  if (!queue.empty()) at = std::max(at, queue.back().at);
  queue.push_back({at, std::move(what)});
}

// What arrives on the tab's socket.
struct Opened {
  static constexpr std::string_view type = "opened";
  static constexpr auto fields() { return std::tuple(); }
};
struct Text {
  static constexpr std::string_view type = "text";
  std::string text;
  static constexpr auto fields() { return std::tuple(field("text", &Text::text)); }
};
struct Closed {
  static constexpr std::string_view type = "closed";
  std::uint16_t code = 0;
  static constexpr auto fields() { return std::tuple(field("code", &Closed::code)); }
};
using SocketEvent = std::variant<Opened, Text, Closed>;

struct Socket {
  // Held: nothing passes for now; TCP keeps it and sends it again later. Dead: what is sent is lost
  // for good, although neither end may know yet (half-open, RFC 9293 section 3.5.1).
  enum class Line : std::uint8_t { Open, Held, Dead };
  friend constexpr auto names_of(Line) {
    return std::array<std::string_view, 3>{"open", "held", "dead"};
  }

  SocketId id;
  ConnectionId connection = 0;  // none where the server was not there to accept it
  std::deque<Pending<std::string>> up;
  std::deque<Pending<SocketEvent>> down;
  bool is_closing = false;  // the page has closed it: what it sent before still arrives
  Line line = Line::Open;
  std::optional<Timestamp> server_notices;  // that nothing is heard any more

  bool is_spent() const {
    return is_closing && up.empty() && line != Line::Held && !server_notices;
  }
  // Nothing that was on its way arrives, and nothing that is sent from now on.
  void die();
  void hold();
  // What was held is sent again, up to `late` from now.
  void flow(Timestamp late);

  static constexpr auto fields() {
    return std::tuple(field("id", &Socket::id), field("connection", &Socket::connection),
                      field("up", &Socket::up), field("down", &Socket::down),
                      field("isClosing", &Socket::is_closing), field("line", &Socket::line),
                      field("serverNotices", &Socket::server_notices));
  }
};

}  // namespace parley::simulation
