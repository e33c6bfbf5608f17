#include "tests/server/support/tcp_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace parley::testing {

TcpClient::TcpClient(std::uint16_t port) : TcpClient(port, socket(AF_INET, SOCK_STREAM, 0)) {}

TcpClient::TcpClient(std::uint16_t port, int socket) : socket_(socket) {
  const timeval limit{std::chrono::seconds(patience).count(), 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("the server does not take connections");
  }
}

TcpClient::~TcpClient() { close(); }

TcpClient::TcpClient(TcpClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      pending_(std::move(other.pending_)),
      tls_(std::move(other.tls_)) {}

void TcpClient::FreeTls::operator()(ssl_st* tls) const { SSL_free(tls); }

bool TcpClient::start_tls(const TlsOffer& offer) {
  // OpenSSL writes without MSG_NOSIGNAL.
  ::signal(SIGPIPE, SIG_IGN);
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  if (offer.version != 0) {
    // Old versions and suites are below what OpenSSL offers by itself.
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_min_proto_version(context.get(), offer.version);
    SSL_CTX_set_max_proto_version(context.get(), offer.version);
  }
  if (!offer.suites_1_2.empty()) {
    SSL_CTX_set_cipher_list(context.get(), offer.suites_1_2.c_str());
  }
  tls_.reset(SSL_new(context.get()));
  SSL_set_fd(tls_.get(), socket_);
  if (!offer.server_name.empty()) SSL_set_tlsext_host_name(tls_.get(), offer.server_name.c_str());
  SSL_set_alpn_protos(tls_.get(), reinterpret_cast<const unsigned char*>(offer.applications.data()),
                      static_cast<unsigned int>(offer.applications.size()));
  if (offer.session != nullptr) SSL_set_session(tls_.get(), offer.session);
  return SSL_connect(tls_.get()) == 1;
}

std::string TcpClient::certificate_fingerprint() const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  X509_digest(SSL_get0_peer_certificate(tls_.get()), EVP_sha256(), digest.data(), &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

void TcpClient::shrink_receive_buffer(int bytes) {
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool TcpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                           : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string TcpClient::receive_some() {
  if (!pending_.empty()) return std::exchange(pending_, {});
  std::array<char, 16384> buffer{};
  errno = 0;
  const auto received = tls_ ? SSL_read(tls_.get(), buffer.data(), static_cast<int>(buffer.size()))
                             : recv(socket_, buffer.data(), buffer.size(), 0);
  if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    throw std::runtime_error("the server says nothing");
  }
  return received <= 0 ? std::string() : std::string(buffer.data(), std::size_t(received));
}

std::string TcpClient::receive_all() {
  std::string all;
  for (std::string some = receive_some(); !some.empty(); some = receive_some()) all += some;
  return all;
}

std::optional<std::string> TcpClient::receive_exactly(std::size_t bytes) {
  std::string all;
  while (all.size() < bytes) {
    const std::string some = receive_some();
    if (some.empty()) return std::nullopt;
    all += some;
  }
  pending_ = all.substr(bytes);
  all.resize(bytes);
  return all;
}

std::optional<std::string> TcpClient::receive_until(std::string_view end) {
  std::string all;
  while (all.find(end) == std::string::npos) {
    const std::string some = receive_some();
    if (some.empty()) return std::nullopt;
    all += some;
  }
  const auto length = all.find(end) + end.size();
  pending_ = all.substr(length);
  all.resize(length);
  return all;
}

bool TcpClient::has_bytes_within(std::chrono::milliseconds span) {
  pollfd waiting{socket_, POLLIN, 0};
  return !pending_.empty() || (tls_ && SSL_pending(tls_.get()) > 0) ||
         poll(&waiting, 1, static_cast<int>(span.count())) > 0;
}

void TcpClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

}  // namespace parley::testing
