// Several tabs, the server's Room and the network between them, as one copyable value. What happens
// next is chosen from outside: the simulation takes what is due first, the exhaustive check takes
// everything in turn.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/tab.h"

namespace parley::simulation {

// One thing that can happen next.
struct Choice {
  enum class Kind { Up, Down, Link, Media, Path, Reception, Tick, RoomTick };
  Kind kind = Kind::Up;
  std::size_t tab = 0;
  std::size_t socket = 0;  // index, for Up and Down
  LinkId link;             // for Link, Path and Reception
  Timestamp at;            // when it is due
};

class World : public Surrounding {
 public:
  World(std::uint64_t seed, Delays delays);

  // --- What people and accidents do ---
  std::size_t add_tab(std::string name, std::optional<Resume> ticket = std::nullopt,
                      bool is_recorded = false);
  void feed(std::size_t tab, const Input& input);
  // The page goes away; with `says_leave` it has the time to say so.
  void close_tab(std::size_t tab, bool says_leave);
  // The tab's socket breaks; what is on its way is lost. The server notices later.
  void drop_socket(std::size_t tab);
  // The laptop is shut: see Nap.
  void put_to_sleep(std::size_t tab, Duration nap, bool timer_first);
  // The server is gone at once, with all it knew, and back after `outage`. Tickets stay good.
  void restart_server(Duration outage);
  // The media path between two tabs breaks for good; only a new ICE generation helps. Each side
  // notices by itself.
  void break_path(std::size_t one, std::size_t other);

  // --- What happens by itself ---
  std::vector<Choice> choices(bool with_time) const;
  void take(const Choice& choice);
  // Whether taking `choice` now or later makes no difference to anything else: a signal that only
  // moves from one queue to the next, or a candidate that is added. The exhaustive check need not
  // try both orders.
  bool commutes(const Choice& choice) const;

  // --- Looking ---
  Timestamp now() const { return now_; }
  void advance_to(Timestamp at) { now_ = std::max(now_, at); }
  std::vector<Tab>& tabs() { return tabs_; }
  const std::vector<Tab>& tabs() const { return tabs_; }
  const std::optional<std::string>& first_violation() const { return violation_; }
  // Everything that matters for what can happen next.
  std::string fingerprint() const;
  // Where the tabs that are in the call do not agree; nothing when they do.
  std::optional<std::string> disagreement() const;
  // Where somebody has more peer connections than others to talk to, or fewer, once there was time
  // enough for every attempt.
  std::optional<std::string> surplus() const;

  // --- Surrounding ---
  void connect(int tab, SocketId socket) override;
  Timestamp later(Duration delay) override { return now_ + random_.below(delay); }
  const Delays& delays() const override { return delays_; }
  void violation(std::string what) override;

 private:
  enum class ServerSide : std::uint8_t { AwaitsHello, Greeted, InRoom };
  friend constexpr auto names_of(ServerSide) {
    return std::array<std::string_view, 3>{"awaits-hello", "greeted", "in-room"};
  }

  void cut(Socket& socket);
  void server_received(ConnectionId connection, const std::string& text);
  void carry_out_room();
  void send_down(ConnectionId connection, SocketEvent event);
  Tab* tab_of(ConnectionId connection);
  bool exists(const std::string& connection) const;
  bool can_connect(const FakePeerConnection& connection) const;
  std::optional<PathState> next_path(const FakePeerConnection& connection) const;
  std::optional<FakePeerConnection::Reception> next_reception(
      const FakePeerConnection& connection) const;
  bool is_lost(const FakePeerConnection& connection) const;
  // The moment for which what `key` stands for was drawn; now where it was not yet.
  Timestamp due(const std::string& key) const;
  // True when it is time; the first look only draws the moment, up to `delay` from now.
  bool take_due(const std::string& key, Duration delay);
  void step_path(const Choice& choice);
  void step_reception(const Choice& choice);
  void enter_room(ConnectionId connection, const Join& join);
  bool are_connected(const Tab& one, const Tab& other) const;

  std::vector<Tab> tabs_;
  Room room_;
  std::map<ConnectionId, ServerSide> server_side_;
  std::uint32_t last_life_ = 0;  // of the server
  Timestamp server_is_back_;
  ConnectionId last_connection_ = 0;
  std::uint32_t last_identity_ = 0;
  std::set<std::string> broken_;               // generation pairs that do not connect any more
  std::map<std::string, Timestamp> path_due_;  // by peer connection and what will happen to it
  Random random_;
  Delays delays_;
  Timestamp now_;
  std::optional<std::string> violation_;
};

}  // namespace parley::simulation
