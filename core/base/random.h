// A small seeded generator (SplitMix64) for jitter. Not for secrets: those come from the host.
#pragma once

#include <cstdint>

#include "core/base/fields.h"
#include "core/base/time.h"

namespace parley {

class Random {
 public:
  explicit Random(std::uint64_t seed = 0) : state_(static_cast<std::int64_t>(seed)) {}

  std::uint64_t next() {
    std::uint64_t mixed = static_cast<std::uint64_t>(state_) + 0x9e3779b97f4a7c15ULL;
    state_ = static_cast<std::int64_t>(mixed);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
  }

  // Even over [0, bound); 0 for a bound of 0. The bias of the remainder is below 2^-32 for every
  // bound used here (all under 2^32).
  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }

  // A span even over [0, limit).
  Duration below(Duration limit) {
    return Duration::microseconds(
        static_cast<std::int64_t>(below(static_cast<std::uint64_t>(limit.count_microseconds()))));
  }

  static constexpr auto fields() { return std::tuple(field("state", &Random::state_)); }

 private:
  std::int64_t state_;  // signed, because a snapshot's numbers are
};

}  // namespace parley
