// A TCP connection to a server under test, plain or with TLS. Reading gives up after `patience`,
// far longer than anything should take, so that a server that says nothing fails the test instead
// of hanging it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_session_st;

namespace parley::testing {

// What a client of TLS asks for.
struct TlsOffer {
  int version = 0;                    // TLS1_2_VERSION or TLS1_3_VERSION alone; 0: either
  std::string suites_1_2 = {};        // OpenSSL's list; empty: its default
  std::string server_name = {};       // SNI; empty: none
  std::string applications = {};      // ALPN, each with its length before it; empty: none
  ssl_session_st* session = nullptr;  // to resume
};

class TcpClient {
 public:
  static constexpr auto patience = std::chrono::seconds(20);

  explicit TcpClient(std::uint16_t port);

  // On a socket that exists already.
  TcpClient(std::uint16_t port, int socket);
  ~TcpClient();
  TcpClient(TcpClient&& other) noexcept;
  TcpClient& operator=(TcpClient&&) = delete;

  // Shakes hands as a client that trusts any certificate. False when the server refuses.
  bool start_tls(const TlsOffer& offer = {});

  // After start_tls().
  ssl_st* tls() { return tls_.get(); }
  std::string certificate_fingerprint() const;

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
  struct FreeTls {
    void operator()(ssl_st* tls) const;
  };

  int socket_ = -1;
  std::string pending_;
  std::unique_ptr<ssl_st, FreeTls> tls_;
};

}  // namespace parley::testing
