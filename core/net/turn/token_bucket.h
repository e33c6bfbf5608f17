// A cap on a rate that allows bursts, in virtual time (the generic cell rate algorithm, ITU-T
// I.371): what counts is when all that was let through would have been sent at the capped rate.
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace parley::turn {

// Bytes per second; 0: no cap.
struct Bandwidth {
  std::uint64_t bytes_per_second = 0;
};

class TokenBucket {
 public:
  // How far ahead of the rate a sender may be. A key frame of video comes within about this time.
  static constexpr Duration burst = Duration::milliseconds(1000);

  // Whether `bytes` may pass now; if so, they are counted.
  bool take(std::size_t bytes, Bandwidth cap, Timestamp now) {
    if (cap.bytes_per_second == 0) return true;
    const auto takes =
        Duration::microseconds(static_cast<std::int64_t>(bytes * 1'000'000 / cap.bytes_per_second));
    const Timestamp done = std::max(sent_by_, now) + takes;
    if (done - now > burst) return false;
    sent_by_ = done;
    return true;
  }

 private:
  Timestamp sent_by_;
};

}  // namespace parley::turn
