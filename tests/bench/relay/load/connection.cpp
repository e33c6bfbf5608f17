#include "load/connection.h"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include "websocket/handshake.h"

namespace bench {
namespace {

// One for all connections: only one reads at a time.
std::array<char, 256 * 1024> buffer;

}  // namespace

Connection::Connection(const Dialect& dialect, const Target& target, std::string room)
    : dialect_(dialect), socket_(target.port, target.encryption) {
  member_.room = std::move(room);
  send_frame(client_handshake("127.0.0.1:" + std::to_string(target.port), dialect.target(member_),
                              dialect.subprotocol()));
}

void Connection::receive(const OnMessage& on_message) {
  unread_.copy(buffer.data(), unread_.size());
  const auto got = socket_.receive(buffer.data() + unread_.size(), buffer.size() - unread_.size());
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
  const auto taken = socket_.send(unsent_.data(), unsent_.size());
  if (taken > 0) unsent_.erase(0, static_cast<std::size_t>(taken));
}

}  // namespace bench
