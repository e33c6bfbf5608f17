// A cap on a rate that allows bursts, in virtual time (the generic cell rate algorithm, ITU-T
// I.371): instead of tokens, a bucket keeps the moment at which it will be full again. So it is one
// number, and needs no clock of its own.
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace parley {

// Tokens that come back each second, and how many a full bucket holds. 32 bits each, so that no
// product below overflows.
struct Rate {
  std::uint32_t per_second = 0;  // 0: no cap
  std::uint32_t burst = 0;       // a taking of more never passes

  bool is_capped() const { return per_second != 0; }
  bool operator==(const Rate&) const = default;
};

class TokenBucket {
 public:
  // Takes `tokens` if the bucket holds them. Otherwise nothing is taken, and the answer is how long
  // until it will hold them (for more than the whole bucket: until it is full).
  std::optional<Duration> take(std::uint32_t tokens, Rate rate, Timestamp now) {
    if (!rate.is_capped()) return std::nullopt;
    const Duration whole = span_of(rate.burst, rate);
    // Also holds when time has stepped back: nobody is shut out for longer than a bucket fills.
    const Duration missing = std::clamp(full_at_ - now, Duration(), whole);
    const Duration after = missing + span_of(tokens, rate);
    if (after > whole) return std::min(after - whole, std::max(missing, Duration::microseconds(1)));
    full_at_ = now + after;
    return std::nullopt;
  }

  // Whether the bucket is full, so that forgetting it changes nothing.
  bool is_full(Timestamp now) const { return full_at_ <= now; }

 private:
  // How long so many tokens take to come back; rounded up, so that no rate is exceeded.
  static constexpr Duration span_of(std::uint32_t tokens, Rate rate) {
    constexpr std::uint64_t microseconds = 1'000'000;
    const std::uint64_t span = (tokens * microseconds + rate.per_second - 1) / rate.per_second;
    return Duration::microseconds(static_cast<std::int64_t>(span));
  }

  Timestamp full_at_;
};

}  // namespace parley
