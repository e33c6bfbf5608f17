// Several tabs, the server and the network between them, as one copyable value. What happens next
// is chosen from outside: the simulation takes what is due first, the exhaustive check takes
// everything in turn.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/fake_server.h"
#include "tests/simulation/paths.h"
#include "tests/simulation/tab.h"

namespace parley::simulation {

// One thing that can happen next.
struct Choice {
  // Heartbeat: the server finds a connection dead. Heal: a partition ends.
  enum class Kind : std::uint8_t {
    Up,
    Down,
    Link,
    Media,
    Path,
    Reception,
    Tick,
    RoomTick,
    Heartbeat,
    Heal
  };
  friend constexpr auto names_of(Kind) {
    return std::array<std::string_view, 10>{"up",        "down", "link",      "media",     "path",
                                            "reception", "tick", "room-tick", "heartbeat", "heal"};
  }

  Kind kind = Kind::Up;
  std::size_t tab = 0;
  std::size_t socket = 0;  // index, for Up, Down and Heartbeat
  LinkId link;             // for Link, Path and Reception
  Timestamp at;            // when it is due
};

// For a while no packet passes between `tabs` and the server, or between them and any other tab, or
// both.
struct Partition {
  std::set<int> tabs;
  bool from_server = false;
  bool from_peers = false;
  Timestamp began;
  Timestamp until;
};

class World : private Surrounding, private FakeServer::Wire {
 public:
  World(std::uint64_t seed, Delays delays);

  // --- What people and accidents do ---
  std::size_t add_tab(std::string name, std::optional<Resume> ticket = std::nullopt,
                      bool is_recorded = false);
  void feed(std::size_t tab, const Input& input);
  // The page goes away; with `says_leave` it has the time to say so.
  void close_tab(std::size_t tab, bool says_leave);
  // The tab's socket breaks, and both ends are told soon; what is on its way is lost.
  void drop_socket(std::size_t tab);
  // The tab's socket dies without a word (a router forgot it): the server finds out when it hears
  // nothing, the page when it is told after `told_after`, or by itself.
  void lose_socket(std::size_t tab, std::optional<Duration> told_after);
  // For `duration` the tabs are out of reach. TCP holds what is sent meanwhile, for as long as
  // neither end gives up.
  void cut_off(std::set<int> tabs, bool from_server, bool from_peers, Duration duration);
  // The laptop is shut: see Nap.
  void put_to_sleep(std::size_t tab, Duration nap, bool timer_first);
  // What the page, or the server, takes for the time jumps.
  void jump_clock(std::size_t tab, Duration by);
  void jump_server_clock(Duration by) { server_.jump_clock(by); }
  // The server is gone at once, with all it knew, and back after `outage`. Tickets stay good.
  void restart_server(Duration outage);
  void issue_tickets_for(Duration good_for) { server_.issue_tickets_for(good_for); }
  void give_relay(std::uint32_t seconds) { server_.give_relay(seconds); }
  // The media path between two tabs breaks for good; only a new ICE generation helps. Each side
  // notices by itself.
  void break_path(std::size_t one, std::size_t other);

  // --- What happens by itself ---
  std::vector<Choice> choices(bool with_time) const;
  void take(const Choice& choice);
  // Takes what is due first, at its time. False where nothing is due by `end`.
  bool take_next(Timestamp end = Timestamp::from_microseconds(INT64_MAX));
  // Whether taking `choice` now or later makes no difference to anything else: a signal that only
  // moves from one queue to the next, or a candidate that is added. The exhaustive check need not
  // try both orders.
  bool commutes(const Choice& choice) const;

  // --- Looking ---
  Timestamp now() const { return now_; }
  void advance_to(Timestamp at) { now_ = std::max(now_, at); }
  std::vector<Tab>& tabs() { return tabs_; }
  const std::vector<Tab>& tabs() const { return tabs_; }
  const FakeServer& server() const { return server_; }
  const std::optional<std::string>& first_violation() const { return violation_; }
  // Everything that matters for what can happen next.
  std::string fingerprint() const;
  // Where the tabs that are in the call do not agree; nothing when they do.
  std::optional<std::string> disagreement() const;
  // Where somebody has more peer connections than others to talk to, or fewer, once there was time
  // enough for every attempt.
  std::optional<std::string> surplus() const;

 private:
  // --- Surrounding ---
  void connect(int tab, SocketId socket) override;
  Timestamp later(Duration delay) override { return now_ + random_.below(delay); }
  const Delays& delays() const override { return delays_; }
  void violation(std::string what) override;
  // --- FakeServer::Wire ---
  void send_down(ConnectionId connection, SocketEvent event) override;

  Socket* socket_of(ConnectionId connection);
  bool is_cut_off(int tab) const;
  Timestamp server_notices();
  void kill(Socket& socket, std::optional<Timestamp> page_is_told, Timestamp server_notices);
  void refuse(Socket& socket);
  void share_out_reachability();
  void add_choices_of(std::size_t tab, bool with_time, std::vector<Choice>& all) const;

  void take_up(const Choice& choice);
  void take_heartbeat(const Choice& choice);
  void take_path(const Choice& choice);
  void take_reception(const Choice& choice);
  void take_heal();
  Timestamp later_for_path(Duration notice);

  std::vector<Tab> tabs_;
  FakeServer server_;
  Paths paths_;
  std::vector<Partition> partitions_;
  Random random_;
  Delays delays_;
  Timestamp now_;
  std::optional<std::string> violation_;
};

}  // namespace parley::simulation
