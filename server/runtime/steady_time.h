// The time that the core is fed with.
#pragma once

#include <chrono>

#include "core/base/time.h"

namespace parley {

// Any thread.
inline Timestamp steady_now() {
  return Timestamp::from_microseconds(std::chrono::duration_cast<std::chrono::microseconds>(
                                          std::chrono::steady_clock::now().time_since_epoch())
                                          .count());
}

}  // namespace parley
