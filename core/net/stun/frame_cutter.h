// What one stream holds of frames that have not come to their end, so that the buffer into which a
// host reads may be shared by all of its streams:
//
//     const std::size_t held = cutter.restore(buffer);
//     const std::size_t more = read(buffer + held);
//     cutter.cut({buffer, held + more}, [](std::span<std::uint8_t> frame) { … });
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/net/stun/stream_framer.h"

namespace parley::stun {

class FrameCutter {
 public:
  // Frames of more than `longest` bytes are passed over without being stored, whatever their
  // headers promise. At least header_bytes.
  explicit FrameCutter(std::size_t longest) : longest_(longest) {}

  // Copies the frame that was begun to `buffer`, which has room for `longest` bytes. How many.
  std::size_t restore(std::uint8_t* buffer) {
    std::ranges::copy(unfinished_, buffer);
    const std::size_t size = unfinished_.size();
    unfinished_.clear();
    return size;
  }

  // Gives each whole frame of `bytes` to `on_frame`, without padding, and keeps what is begun.
  // False when the stream is neither STUN nor ChannelData any more: nothing after it can be
  // understood.
  template <class OnFrame>
  [[nodiscard]] bool cut(std::span<std::uint8_t> bytes, OnFrame on_frame) {
    while (!bytes.empty()) {
      if (to_skip_ > 0) {
        const std::size_t skipped = std::min(to_skip_, bytes.size());
        to_skip_ -= skipped;
        bytes = bytes.subspan(skipped);
        continue;
      }
      const auto frame = frame_header_at(bytes);
      if (!frame && frame.error() == FrameError::Malformed) return false;
      if (frame && frame->whole > longest_) {
        to_skip_ = frame->whole;
        ++too_long_;
      } else if (!frame || frame->whole > bytes.size()) {
        unfinished_.assign(bytes.begin(), bytes.end());
        break;
      } else {
        on_frame(bytes.first(frame->size));
        bytes = bytes.subspan(frame->whole);
      }
    }
    return true;
  }

  // Frames passed over since the last call.
  std::size_t take_too_long() { return std::exchange(too_long_, 0); }

 private:
  std::size_t longest_;
  std::vector<std::uint8_t> unfinished_;  // shorter than longest_
  std::size_t to_skip_ = 0;
  std::size_t too_long_ = 0;
};

}  // namespace parley::stun
