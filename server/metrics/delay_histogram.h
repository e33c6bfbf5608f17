// How often something was late by how much.
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace parley {

struct DelayHistogram {
  // Upper bounds, included. A person notices a delay of signaling from about 100 ms on.
  static constexpr std::array<Duration, 10> bounds{
      Duration::milliseconds(1),   Duration::milliseconds(2),   Duration::milliseconds(5),
      Duration::milliseconds(10),  Duration::milliseconds(25),  Duration::milliseconds(50),
      Duration::milliseconds(100), Duration::milliseconds(250), Duration::milliseconds(500),
      Duration::milliseconds(1000)};

  std::array<std::uint64_t, bounds.size() + 1> counts{};  // the last: beyond all bounds
  Duration sum;

  void add(Duration delay) {
    const auto bound = std::lower_bound(bounds.begin(), bounds.end(), delay);
    ++counts[static_cast<std::size_t>(bound - bounds.begin())];
    sum = sum + delay;
  }

  DelayHistogram& operator+=(const DelayHistogram& other) {
    for (std::size_t at = 0; at < counts.size(); ++at) counts[at] += other.counts[at];
    sum = sum + other.sum;
    return *this;
  }
};

}  // namespace parley
