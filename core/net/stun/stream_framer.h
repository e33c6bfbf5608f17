// Cuts a stream (TCP, TLS) into STUN messages and ChannelData: both tell their length in their
// first four bytes (RFC 8489 section 6.2.2, RFC 8656 section 12.5).
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/base/result.h"
#include "core/net/bytes.h"

namespace parley::stun {

// The longest frame: ChannelData with 65535 bytes, its header and padding.
inline constexpr std::size_t longest_frame = 4 + 65'536;

struct Frame {
  std::size_t size = 0;   // of the message, without padding
  std::size_t whole = 0;  // what it takes in the stream, padding included
};

enum class FrameError : std::uint8_t {
  Incomplete,  // more bytes are needed
  Malformed,   // neither STUN nor ChannelData: the stream is lost
};

// The frame that begins `received`, of which all but the first four bytes may still be missing.
Result<Frame, FrameError> frame_header_at(Bytes received);

// The frame at the beginning of what was received. Needs no memory of its own: the caller keeps its
// bytes together, at most longest_frame of them, and takes `whole` off the front.
Result<Frame, FrameError> frame_at(Bytes received);

}  // namespace parley::stun
