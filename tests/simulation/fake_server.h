// The server as the native one is built: a real Room, a session for each connection, and tickets
// that are good for some time and outlive the server.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/signaling/room.h"
#include "tests/simulation/socket.h"

namespace parley::simulation {

class FakeServer {
 public:
  // Where what it sends goes.
  class Wire {
   public:
    virtual ~Wire() = default;
    virtual void send_down(ConnectionId connection, SocketEvent event) = 0;
    virtual void violation(std::string what) = 0;
  };

  FakeServer();

  // How long a ticket that is issued from now on is good for.
  void issue_tickets_for(Duration good_for) { tickets_good_for_ = good_for; }
  // From now on there is a relay, with credentials that are good for so long; for a server that
  // nobody has come to yet.
  void give_relay(std::uint32_t seconds);
  void jump_clock(Duration by) { clock_ahead_ = clock_ahead_ + by; }

  // Gone at once, with all it knew; accepts nobody until `back`.
  void restart(Timestamp back);
  bool is_up(Timestamp now) const { return now >= back_; }

  ConnectionId accept();
  // What came over a connection; nothing happens where it is closed already.
  void received(Wire& wire, ConnectionId connection, const std::string& text, Timestamp now);
  // The connection is found to be closed or dead. False where the server knew that.
  bool lost(Wire& wire, ConnectionId connection, Timestamp now);

  // In the world's time.
  std::optional<Timestamp> next_timeout() const;
  void tick(Wire& wire, Timestamp now);

  const Room& room() const { return room_; }

  static constexpr auto fields() {
    return std::tuple(field("sessions", &FakeServer::sessions_), field("room", &FakeServer::room_));
  }

 private:
  enum class Session : std::uint8_t { AwaitsHello, Greeted, InRoom };
  friend constexpr auto names_of(Session) {
    return std::array<std::string_view, 3>{"awaits-hello", "greeted", "in-room"};
  }

  void enter_room(ConnectionId connection, Join join, Timestamp now);
  RoomOptions room_options() const;
  // As the native server makes them, with the world's time in the user's name.
  IceServers ice_servers_for(const ParticipantId& id, Timestamp now) const;
  Secret issue(const ParticipantId& id, Standing standing, Timestamp now) const;
  // What a ticket says; nothing where it counts no more.
  static std::optional<Standing> check(const Resume& ticket, Timestamp now);
  void carry_out(Wire& wire, Timestamp now);
  // Whoever comes in has to have a reason to be let in.
  void check_entry(Wire& wire, ConnectionId connection, const Joined& joined) const;

  Room room_;
  std::map<ConnectionId, Session> sessions_;
  std::uint32_t last_life_ = 0;
  Timestamp back_;
  ConnectionId last_connection_ = 0;
  std::uint32_t last_identity_ = 0;
  Duration tickets_good_for_ = Duration::seconds(24 * 3600);
  std::optional<std::uint32_t> relay_life_;  // in seconds
  Duration clock_ahead_;                     // of the world's time
  // What is known of who may be in, in this life of the room.
  std::map<ConnectionId, ParticipantId> seated_;
  std::set<ConnectionId> with_ticket_;
  std::set<ParticipantId> expelled_;
  bool is_admitting_ = false;  // while a host's word is carried out
};

}  // namespace parley::simulation
