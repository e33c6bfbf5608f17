#include "load/socket.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

namespace bench {
namespace {

int connect_to(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "socket");
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
  return descriptor;
}

// One for all, as the clients of a browser have.
SSL_CTX* context() {
  static SSL_CTX* const shared = [] {
    signal(SIGPIPE, SIG_IGN);
    SSL_CTX* made = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_mode(made, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                               SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return made;
  }();
  return shared;
}

}  // namespace

void Socket::Free::operator()(ssl_st* tls) const { SSL_free(tls); }

Socket::Socket(std::uint16_t port, Encryption encryption) : descriptor_(connect_to(port)) {
  if (encryption == Encryption::Tls) {
    tls_.reset(SSL_new(context()));
    SSL_set_fd(tls_.get(), descriptor_);
    if (SSL_connect(tls_.get()) != 1) throw std::runtime_error("no TLS");
  }
  fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
}

Socket::~Socket() { close(descriptor_); }

ssize_t Socket::receive(char* bytes, std::size_t size) {
  if (!tls_) return recv(descriptor_, bytes, size, 0);
  return outcome(SSL_read(tls_.get(), bytes, static_cast<int>(size)));
}

ssize_t Socket::send(const char* bytes, std::size_t size) {
  if (!tls_) return ::send(descriptor_, bytes, size, MSG_NOSIGNAL);
  if (size == 0) return 0;
  return outcome(SSL_write(tls_.get(), bytes, static_cast<int>(size)));
}

ssize_t Socket::outcome(int result) const {
  if (result > 0) return result;
  const int error = SSL_get_error(tls_.get(), result);
  ERR_clear_error();
  const bool must_wait = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
  errno = must_wait ? EAGAIN : ECONNRESET;
  return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

}  // namespace bench
