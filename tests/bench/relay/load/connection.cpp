#include "load/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "websocket/handshake.h"

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

// One for all connections: only one reads at a time.
std::array<char, 256 * 1024> buffer;

}  // namespace

Connection::Connection(const Dialect& dialect, std::uint16_t port, std::string room)
    : dialect_(dialect), descriptor_(connect_to(port)) {
  member_.room = std::move(room);
  send_frame(client_handshake("127.0.0.1:" + std::to_string(port), dialect.target(member_),
                              dialect.subprotocol()));
}

Connection::~Connection() { close(descriptor_); }

void Connection::receive(const OnMessage& on_message) {
  unread_.copy(buffer.data(), unread_.size());
  const auto got = recv(descriptor_, buffer.data() + unread_.size(), buffer.size() - unread_.size(),
                        MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) throw std::runtime_error("the server hung up " + member_.error);
  const auto size = unread_.size() + static_cast<std::size_t>(got);
  std::size_t used = open_ ? 0 : read_handshake({buffer.data(), size});
  if (open_) {
    while (auto next = parse_frame(buffer.data() + used, size - used)) {
      used += next->size;
      handle(next->opcode, next->payload, on_message);
    }
  }
  unread_.assign(buffer.data() + used, size - used);
}

std::size_t Connection::read_handshake(std::string_view bytes) {
  const auto end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  if (!bytes.starts_with("HTTP/1.1 101 ")) {
    throw std::runtime_error("no WebSocket: " + std::string(bytes.substr(0, bytes.find('\r'))));
  }
  open_ = true;
  send_text(dialect_.opened(member_));
  return end + 4;
}

void Connection::handle(Opcode opcode, std::string_view payload, const OnMessage& on_message) {
  switch (opcode) {
    case Opcode::Ping:
      send_frame(client_frame(Opcode::Pong, payload));
      return;
    case Opcode::Pong:
      return;
    case Opcode::Close:
      throw std::runtime_error("the server closed the connection " + member_.error);
    case Opcode::Text:
      break;
  }
  // Heartbeats of Socket.IO are texts, too; nothing that carries a stamp is as short as them.
  constexpr std::size_t longest_heartbeat = 1;
  if (member_.ready && payload.size() > longest_heartbeat) {
    on_message(*this, payload);
  } else {
    send_text(dialect_.received(member_, payload));
  }
}

void Connection::send_text(std::string_view text) {
  if (!text.empty()) send_frame(client_frame(Opcode::Text, text));
}

void Connection::send_frame(std::string_view frame_bytes) {
  unsent_ += frame_bytes;
  flush();
}

void Connection::flush() {
  const auto taken = send(descriptor_, unsent_.data(), unsent_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (taken > 0) unsent_.erase(0, static_cast<std::size_t>(taken));
}

}  // namespace bench
