// A connected socket that never blocks, plain or with TLS.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>

struct ssl_st;

namespace bench {

enum class Encryption : std::uint8_t { None, Tls };

class Socket {
 public:
  // Connects to `port` on loopback, and shakes hands without looking at the certificate. Throws
  // std::runtime_error.
  Socket(std::uint16_t port, Encryption encryption);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int descriptor() const { return descriptor_; }

  // As recv(2) and send(2), with errno EAGAIN where there is nothing to be had or no room.
  ssize_t receive(char* bytes, std::size_t size);
  ssize_t send(const char* bytes, std::size_t size);

 private:
  struct Free {
    void operator()(ssl_st* tls) const;
  };

  ssize_t outcome(int result) const;

  int descriptor_;
  std::unique_ptr<ssl_st, Free> tls_;
};

}  // namespace bench
