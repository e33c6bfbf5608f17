// One client's WebSocket, on a non-blocking socket.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "load/dialect.h"
#include "load/socket.h"
#include "websocket/frame.h"

namespace bench {

// Where the server is, on loopback.
struct Target {
  std::uint16_t port = 0;
  Encryption encryption = Encryption::None;
};

class Connection {
 public:
  // Called with each text that is not part of getting ready.
  using OnMessage = std::function<void(Connection&, std::string_view text)>;

  // Connects and enters `room`. Throws std::runtime_error.
  Connection(const Dialect& dialect, const Target& target, std::string room);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int descriptor() const { return socket_.descriptor(); }
  bool ready() const { return member_.ready; }
  bool wants_to_write() const { return !unsent_.empty(); }
  const Member& member() const { return member_; }

  // Reads all there is. Throws std::runtime_error when the server hangs up or complains.
  void receive(const OnMessage& on_message);
  void flush();

  // Sends one whole client frame.
  void send_frame(std::string_view frame);

  // The other one of the room, and the message to it (traffic.h).
  Connection* other = nullptr;
  std::string frame;
  std::size_t stamp_at = 0;

 private:
  void send_text(std::string_view text);
  std::size_t read_handshake(std::string_view bytes);
  void handle(Opcode opcode, std::string_view payload, const OnMessage& on_message);

  const Dialect& dialect_;
  Socket socket_;
  bool open_ = false;  // the handshake is over
  Member member_;
  std::string unread_;  // the beginning of a frame
  std::string unsent_;  // what the socket did not take
};

}  // namespace bench
