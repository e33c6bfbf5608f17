// Times for the tests of rooms.
#pragma once

#include <cstdint>

#include "core/base/time.h"

namespace parley {

constexpr auto at(std::int64_t seconds) {
  return Timestamp::from_microseconds(seconds * 1'000'000);
}

}  // namespace parley
