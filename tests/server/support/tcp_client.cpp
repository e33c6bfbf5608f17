#include "tests/server/support/tcp_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
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
    : socket_(std::exchange(other.socket_, -1)), pending_(std::move(other.pending_)) {}

void TcpClient::shrink_receive_buffer(int bytes) {
  setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

bool TcpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string TcpClient::receive_some() {
  if (!pending_.empty()) return std::exchange(pending_, {});
  std::array<char, 16384> buffer{};
  const auto received = recv(socket_, buffer.data(), buffer.size(), 0);
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
  return !pending_.empty() || poll(&waiting, 1, static_cast<int>(span.count())) > 0;
}

void TcpClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

}  // namespace parley::testing
