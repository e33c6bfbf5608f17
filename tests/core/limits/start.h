// When the tests of limits begin.
#pragma once

#include "core/base/time.h"

namespace parley {

constexpr Timestamp start = Timestamp::from_microseconds(1'000'000'000);

}  // namespace parley
