// A client that speaks the protocol: what a browser's page is to the server.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/signaling/messages.h"
#include "tests/server/support/websocket_client.h"

namespace parley::testing {

class Caller {
 public:
  // Connects and shakes hands. `hint` is the room in the address.
  explicit Caller(std::uint16_t port, std::string_view hint = "") : Caller(TcpClient(port), hint) {}
  explicit Caller(TcpClient connected, std::string_view hint = "");

  WebSocketClient& socket() { return socket_; }

  void send(const ClientMessage& message) { socket_.send_text(encode(message)); }

  // Enters `room`; what the server answers is kept in `joined`.
  void join(const std::string& room, std::optional<Resume> resume = std::nullopt);

  // Sends an offer with `sdp` to `addressee`.
  void signal(const Caller& addressee, const std::string& sdp);

  // The next message. Fails the test when the connection ends instead.
  ServerMessage receive();

  // The next message of type T; what else comes first is passed over.
  template <class T>
  T receive_a() {
    for (;;) {
      ServerMessage message = receive();
      if (auto* wanted = std::get_if<T>(&message)) return std::move(*wanted);
      if (socket_ended_) return T{};
    }
  }

  // The code of the next error.
  ErrorCode receive_error() { return receive_a<ErrorMessage>().code; }

  Joined joined;

 private:
  WebSocketClient socket_;
  bool socket_ended_ = false;
};

// The SDP of a signal that carries an offer.
std::string sdp_of(const SignalFrom& signal);

// A call between two that has nothing to do with what a test does wrong, and must not notice.
class OtherCall {
 public:
  explicit OtherCall(std::uint16_t port);

  // The two exchange signals, both ways; fails the test when one does not come through.
  void expect_goes_on();

 private:
  Caller first_;
  Caller second_;
  int round_ = 0;
};

}  // namespace parley::testing
