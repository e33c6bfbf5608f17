// A TURN client on TCP or TLS that does what no honest client does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/core/net/turn/turn_world.h"
#include "tests/server/support/tcp_client.h"

namespace parley::testing {

class TurnClient {
 public:
  // Uses `secret`, and speaks over `connection`.
  TurnClient(TcpClient connection, std::string secret);

  TcpClient& connection() { return connection_; }

  // A signed request; only the first has been challenged before.
  std::vector<std::uint8_t> request(const Ask& ask);

  // Sends it and waits for its answer; what is relayed meanwhile is dropped.
  Answer ask(const Ask& ask);

  void send(const std::vector<std::uint8_t>& bytes);
  // ChannelData with its padding.
  void send_data(std::uint16_t channel, std::size_t size);

  // The next frame with its padding; fails the test where the stream is no stream of frames. Empty
  // when the server has closed the connection.
  std::vector<std::uint8_t> next_frame();

 private:
  void challenge();
  stun::TransactionId next_transaction();

  TcpClient connection_;
  std::string secret_;
  std::string username_;
  std::string nonce_;
  std::uint8_t transactions_ = 0;
  OpensslCryptography cryptography_;
};

}  // namespace parley::testing
