#include "core/net/stun/stream_framer.h"

#include "core/net/packet_kind.h"
#include "core/net/stun/types.h"

namespace parley::stun {

Result<Frame, FrameError> frame_header_at(Bytes received) {
  constexpr std::size_t header = 4;  // up to the length's end, in both
  const PacketKind kind = kind_of(received);
  if (received.empty()) return FrameError::Incomplete;
  if (kind != PacketKind::Stun && kind != PacketKind::ChannelData) return FrameError::Malformed;
  if (received.size() < header) return FrameError::Incomplete;
  const std::size_t length = load16(received.data() + 2);
  Frame frame;
  if (kind == PacketKind::Stun) {
    if (length % 4 != 0) return FrameError::Malformed;
    frame.size = frame.whole = header_bytes + length;
  } else {
    frame.size = header + length;
    frame.whole = padded(frame.size);  // RFC 8656 section 12.5: over a stream it is padded
  }
  return frame;
}

Result<Frame, FrameError> frame_at(Bytes received) {
  auto frame = frame_header_at(received);
  if (frame && received.size() < frame->whole) return FrameError::Incomplete;
  return frame;
}

}  // namespace parley::stun
