// What one WebSocket may send: its own limits, and its part of its address's. The address's buckets
// are shared with other threads, so that a connection takes from them in portions and a message
// costs no more than two buckets of its own.
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <optional>

#include "core/limits/limits.h"

namespace parley {

class MessageBudget {
 public:
  // One portion. Small against a burst, so that what idle connections hold does not matter: 1,000
  // of them hold 16,000 messages of 100,000.
  static constexpr std::uint32_t portion_messages = 16;
  static constexpr std::uint32_t portion_bytes = 16 * 1024;

  // Counts a message. `draw(flow, tokens)` takes from the address's bucket and yields
  // std::optional<Denial>.
  template <class Draw>
  std::optional<Denial> take_message(std::uint32_t bytes, const ConnectionLimits& limits,
                                     Timestamp now, Draw draw) {
    if (const auto wait = messages_.take(1, limits.messages, now)) {
      return Denial{LimitReason::ConnectionMessages, *wait};
    }
    if (const auto wait = bytes_.take(bytes, limits.bytes, now)) {
      return Denial{LimitReason::ConnectionBytes, *wait};
    }
    if (message_credit_ == 0) {
      if (const auto denial = draw(Flow::Messages, portion_messages)) return denial;
      message_credit_ = portion_messages;
    }
    --message_credit_;
    if (byte_credit_ < bytes) {
      const std::uint32_t portion = std::max(portion_bytes, bytes - byte_credit_);
      if (const auto denial = draw(Flow::Bytes, portion)) return denial;
      byte_credit_ += portion;
    }
    byte_credit_ -= bytes;
    return std::nullopt;
  }

  std::optional<Denial> take_join(const ConnectionLimits& limits, Timestamp now) {
    if (const auto wait = joins_.take(1, limits.joins, now)) {
      return Denial{LimitReason::ConnectionJoins, *wait};
    }
    return std::nullopt;
  }

 private:
  TokenBucket messages_;
  TokenBucket bytes_;
  TokenBucket joins_;
  std::uint32_t message_credit_ = 0;  // drawn from the address's buckets, not used yet
  std::uint32_t byte_credit_ = 0;
};

}  // namespace parley
