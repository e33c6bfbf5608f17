// WebSocket frames (RFC 6455 section 5), as much of them as a bench needs: unfragmented ones.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bench {

enum class Opcode : std::uint8_t { Text = 1, Close = 8, Ping = 9, Pong = 10 };

// A frame inside somebody else's buffer.
struct Frame {
  Opcode opcode;
  std::string_view payload;
  std::size_t size;  // in bytes, with its header
};

// The first frame of `bytes`, unmasked in place, or nothing if it is not complete yet. Throws
// std::runtime_error when the frame is a fragment.
std::optional<Frame> parse_frame(char* bytes, std::size_t size);

// The header of an unmasked frame, as servers send it.
std::string server_frame_header(Opcode opcode, std::size_t payload_bytes);

// A whole frame as clients send it. The masking key is zero: the load generator spares itself the
// work, while the server's is the same with any key.
std::string client_frame(Opcode opcode, std::string_view payload);

}  // namespace bench
