#include "websocket/frame.h"

#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

constexpr unsigned char final_bit = 0x80;
constexpr unsigned char mask_bit = 0x80;

unsigned char byte_at(const char* bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

void unmask(char* payload, std::size_t size, const char* key) {
  // Eight bytes at a time: the bare relay stands for the least that a relay can cost.
  std::uint64_t wide_key;
  std::memcpy(&wide_key, key, 4);
  std::memcpy(reinterpret_cast<char*>(&wide_key) + 4, key, 4);
  std::size_t index = 0;
  for (; index + 8 <= size; index += 8) {
    std::uint64_t block;
    std::memcpy(&block, payload + index, 8);
    block ^= wide_key;
    std::memcpy(payload + index, &block, 8);
  }
  for (; index < size; ++index) payload[index] = static_cast<char>(payload[index] ^ key[index % 4]);
}

std::string header(Opcode opcode, std::size_t payload_bytes, unsigned char mask) {
  std::string text;
  text += static_cast<char>(final_bit | static_cast<unsigned char>(opcode));
  if (payload_bytes < 126) {
    text += static_cast<char>(mask | payload_bytes);
  } else if (payload_bytes <= 0xffff) {
    text += static_cast<char>(mask | 126);
    text += static_cast<char>(payload_bytes >> 8);
    text += static_cast<char>(payload_bytes);
  } else {
    text += static_cast<char>(mask | 127);
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(payload_bytes >> shift);
  }
  return text;
}

}  // namespace

std::optional<Frame> parse_frame(char* bytes, std::size_t size) {
  if (size < 2) return std::nullopt;
  if ((byte_at(bytes, 0) & final_bit) == 0) throw std::runtime_error("a fragmented frame");
  const bool masked = (byte_at(bytes, 1) & mask_bit) != 0;
  std::size_t length = byte_at(bytes, 1) & 0x7f;
  std::size_t at = 2;
  if (length >= 126) {
    const std::size_t length_bytes = length == 126 ? 2 : 8;
    if (size < at + length_bytes) return std::nullopt;
    length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length = length << 8 | byte_at(bytes, at + i);
    at += length_bytes;
  }
  char key[4] = {};
  if (masked) {
    if (size < at + 4) return std::nullopt;
    std::memcpy(key, bytes + at, 4);
    at += 4;
  }
  if (size - at < length) return std::nullopt;
  if (masked) unmask(bytes + at, length, key);
  return Frame{static_cast<Opcode>(byte_at(bytes, 0) & 0x0f), {bytes + at, length}, at + length};
}

std::string server_frame_header(Opcode opcode, std::size_t payload_bytes) {
  return header(opcode, payload_bytes, 0);
}

std::string client_frame(Opcode opcode, std::string_view payload) {
  std::string frame = header(opcode, payload.size(), mask_bit);
  frame.append(4, '\0');
  frame.append(payload);
  return frame;
}

}  // namespace bench
