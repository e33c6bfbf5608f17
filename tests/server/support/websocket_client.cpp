#include "tests/server/support/websocket_client.h"

#include <array>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace parley::testing {
namespace {

constexpr std::array<char, 4> mask{0x11, 0x22, 0x33, 0x44};

void append_big_endian(std::string& bytes, std::uint64_t value, int width) {
  for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(value >> shift));
  }
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8) | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

std::uint16_t Frame::close_code() const {
  if (payload.size() < 2) return 1005;
  return static_cast<std::uint16_t>(read_big_endian(std::string_view(payload).substr(0, 2)));
}

std::string frame_bytes(Opcode opcode, std::string_view payload, bool is_final) {
  std::string bytes;
  bytes.push_back(static_cast<char>((is_final ? 0x80 : 0) | static_cast<int>(opcode)));
  if (payload.size() < 126) {
    bytes.push_back(static_cast<char>(0x80 | payload.size()));
  } else if (payload.size() < 65536) {
    bytes.push_back(static_cast<char>(0x80 | 126));
    append_big_endian(bytes, payload.size(), 2);
  } else {
    bytes.push_back(static_cast<char>(0x80 | 127));
    append_big_endian(bytes, payload.size(), 8);
  }
  bytes.append(mask.data(), mask.size());
  for (std::size_t at = 0; at < payload.size(); ++at) {
    bytes.push_back(static_cast<char>(payload[at] ^ mask[at % mask.size()]));
  }
  return bytes;
}

std::string upgrade_request(std::string_view hint) {
  std::string text = "GET /ws";
  if (!hint.empty()) text.append("?room=").append(hint);
  return text +
         " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Protocol: parley.v1\r\n\r\n";
}

WebSocketClient::WebSocketClient(TcpClient connected, std::string_view hint)
    : tcp_(std::move(connected)) {
  tcp_.send(upgrade_request(hint));
  const auto answer = tcp_.receive_until("\r\n\r\n");
  if (!answer || !answer->starts_with("HTTP/1.1 101 ")) {
    throw std::runtime_error("no WebSocket: " + answer.value_or("the connection ended"));
  }
}

std::optional<Frame> WebSocketClient::receive() {
  const auto head = tcp_.receive_exactly(2);
  if (!head) return std::nullopt;
  std::uint64_t length = static_cast<unsigned char>((*head)[1]) & 127;
  if (length >= 126) {
    const auto extended = tcp_.receive_exactly(length == 126 ? 2 : 8);
    if (!extended) return std::nullopt;
    length = read_big_endian(*extended);
  }
  auto payload = tcp_.receive_exactly(length);
  if (!payload) return std::nullopt;
  return Frame{static_cast<Opcode>((*head)[0] & 15), std::move(*payload)};
}

std::optional<std::string> WebSocketClient::receive_text() {
  const auto deadline = std::chrono::steady_clock::now() + TcpClient::patience;
  while (auto frame = receive()) {
    if (frame->opcode == Opcode::Text) return std::move(frame->payload);
    if (frame->opcode == Opcode::Close) return std::nullopt;
    if (frame->opcode == Opcode::Ping) send_frame(Opcode::Pong, frame->payload);
    // Answered pings keep the connection alive, and each starts the socket's patience anew.
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("the server sends pings, but no message");
    }
  }
  return std::nullopt;
}

std::uint16_t WebSocketClient::receive_close() {
  while (const auto frame = receive()) {
    if (frame->opcode != Opcode::Close) continue;
    send_frame(Opcode::Close, std::string_view(frame->payload).substr(0, 2));
    tcp_.receive_all();
    tcp_.close();
    return frame->close_code();
  }
  return 1006;
}

}  // namespace parley::testing
