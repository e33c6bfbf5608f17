// A WebSocket client (RFC 6455) that can also do everything wrong: frames are built by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/server/support/tcp_client.h"

namespace parley::testing {

enum class Opcode : std::uint8_t {
  Continuation = 0,
  Text = 1,
  Binary = 2,
  Close = 8,
  Ping = 9,
  Pong = 10,
};

struct Frame {
  Opcode opcode = Opcode::Text;
  std::string payload;

  // Of a close frame; 1005 when it has none (section 7.1.5).
  std::uint16_t close_code() const;
};

// The bytes of a frame as a client sends it, masked.
std::string frame_bytes(Opcode opcode, std::string_view payload, bool is_final = true);

// What a client sends to open a WebSocket; `hint` is the room in the query.
std::string upgrade_request(std::string_view hint);

class WebSocketClient {
 public:
  // Opens a WebSocket. Throws when the server refuses.
  explicit WebSocketClient(std::uint16_t port, std::string_view hint = "")
      : WebSocketClient(TcpClient(port), hint) {}
  explicit WebSocketClient(TcpClient connected, std::string_view hint = "");

  TcpClient& tcp() { return tcp_; }

  bool send_text(std::string_view text) { return tcp_.send(frame_bytes(Opcode::Text, text)); }
  bool send_frame(Opcode opcode, std::string_view payload, bool is_final = true) {
    return tcp_.send(frame_bytes(opcode, payload, is_final));
  }

  // The next frame; pings are not answered. Nothing when the connection has ended.
  std::optional<Frame> receive();

  // The next text; pings are answered on the way. Nothing when a close frame or the end comes
  // first. Throws when neither comes within TcpClient::patience.
  std::optional<std::string> receive_text();

  // Reads over everything up to the close frame, answers it and waits for the end of the
  // connection. Returns the code, 1006 when the connection ended without a close frame.
  std::uint16_t receive_close();

 private:
  TcpClient tcp_;
};

}  // namespace parley::testing
