// A plain TCP connection to a server under test. Reading gives up after `patience`, far longer than
// anything should take, so that a server that says nothing fails the test instead of hanging it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::testing {

class TcpClient {
 public:
  static constexpr auto patience = std::chrono::seconds(20);

  explicit TcpClient(std::uint16_t port);

  // On a socket that exists already.
  TcpClient(std::uint16_t port, int socket);
  ~TcpClient();
  TcpClient(TcpClient&& other) noexcept;
  TcpClient& operator=(TcpClient&&) = delete;

  // How much the kernel stores for this client before the server is held up. Call before reading.
  void shrink_receive_buffer(int bytes);

  // False when the server has closed the connection.
  bool send(std::string_view bytes);

  // Whatever has come; empty when the server has closed the connection (in good order or not).
  std::string receive_some();

  // All that comes until the server closes the connection.
  std::string receive_all();

  // Exactly so many bytes; nothing when the connection ends first.
  std::optional<std::string> receive_exactly(std::size_t bytes);

  // All up to and including `end`; nothing when the connection ends first.
  std::optional<std::string> receive_until(std::string_view end);

  // Whether there is something to read (or the connection has ended) before `span` has passed.
  bool has_bytes_within(std::chrono::milliseconds span);

  void close();

 private:
  int socket_ = -1;
  std::string pending_;
};

}  // namespace parley::testing
