// One page in a modelled browser: a real Call, model peer connections, and the queues in which
// everything asynchronous waits. It carries the core's outputs out as web/sdk does.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "core/base/random.h"
#include "core/call/call.h"
#include "core/journal/journal.h"
#include "tests/simulation/fake_devices.h"
#include "tests/simulation/fake_peer_connection.h"
#include "tests/simulation/socket.h"

namespace parley::simulation {

// Steps of a peer connection's operations chain (W3C WebRTC section 4.4.1.2), and what it reports.
struct Gathered {
  static constexpr std::string_view type = "gathered";
  Candidate candidate;
  static constexpr auto fields() { return std::tuple(field("candidate", &Gathered::candidate)); }
};
struct GatheringDone {
  static constexpr std::string_view type = "gathering-done";
  static constexpr auto fields() { return std::tuple(); }
};
struct Pictured {
  static constexpr std::string_view type = "pictured";
  static constexpr auto fields() { return std::tuple(); }
};
using LinkStep = std::variant<output::SetLocal, output::SetRemote, output::AddCandidate, Gathered,
                              GatheringDone, Pictured>;
using MediaStep = std::variant<output::AcquireMedia, output::AcquireScreen>;

// How long things take; even between zero and these.
struct Delays {
  Duration network;  // one way to the server
  Duration browser;  // an operation of a peer connection
  Duration path;     // ICE and DTLS
};

// The world as a tab sees it.
class Surrounding {
 public:
  virtual ~Surrounding() = default;
  virtual void connect(int tab, SocketId socket) = 0;
  virtual Timestamp later(Duration delay) = 0;
  virtual const Delays& delays() const = 0;
  virtual void violation(std::string what) = 0;
};

// Until then the page sleeps: nothing is told to it, and its timers stand still. What has come
// meanwhile is handed over before the timer's event or after it.
struct Nap {
  Timestamp until;
  bool timer_first = false;

  Timestamp delay(Timestamp at, bool is_timer) const {
    const auto second = is_timer == timer_first ? Duration() : Duration::microseconds(1);
    return at < until + second ? until + second : at;
  }
  static constexpr auto fields() {
    return std::tuple(field("until", &Nap::until), field("timerFirst", &Nap::timer_first));
  }
};

struct Tab {
  int number = 0;
  std::string name;
  Call call;
  std::optional<Journal> journal;  // where the run is recorded
  bool is_gone = false;            // closed or crashed
  std::map<LinkId, FakePeerConnection> connections;
  std::map<LinkId, std::deque<Pending<LinkStep>>> steps;
  std::deque<Pending<MediaStep>> media;
  std::vector<Socket> sockets;
  FakeDevices devices;
  std::uint32_t camera_divisor = 1;
  std::optional<Resume> ticket;  // what the page keeps over a reload
  Nap nap;
  Duration clock_ahead;  // of the world's time

  // When the page's timer rings, in the world's time.
  std::optional<Timestamp> next_timeout() const;
  Socket* socket(SocketId id);
  Socket* socket_of(ConnectionId connection);

  // Feeds one input and carries the outputs out.
  void feed(Surrounding& world, const Input& input, Timestamp now);

  void step_link(Surrounding& world, LinkId link, Timestamp now);
  void step_media(Surrounding& world, Timestamp now);
  void step_down(Surrounding& world, std::size_t socket, Timestamp now);

  static constexpr auto fields() {
    return std::tuple(field("call", &Tab::call), field("isGone", &Tab::is_gone),
                      field("connections", &Tab::connections), field("steps", &Tab::steps),
                      field("media", &Tab::media), field("sockets", &Tab::sockets),
                      field("devices", &Tab::devices), field("nap", &Tab::nap));
  }

 private:
  void carry_out(Surrounding& world, const Output& output);
  void forget(SocketId id);
  void enqueue(Surrounding& world, LinkId link, LinkStep step);
};

}  // namespace parley::simulation
