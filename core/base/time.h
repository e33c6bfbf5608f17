// Points and spans of time as integers, so that native and WASM builds agree to the last bit and a
// journal can hold them as they are. The core never reads a clock: every Timestamp is an argument.
#pragma once

#include <compare>
#include <cstdint>

namespace parley {

// A span of time in whole microseconds; may be negative.
class Duration {
 public:
  constexpr Duration() = default;

  static constexpr Duration microseconds(std::int64_t count) { return Duration(count); }
  static constexpr Duration milliseconds(std::int64_t count) { return Duration(count * 1'000); }
  static constexpr Duration seconds(std::int64_t count) { return Duration(count * 1'000'000); }

  constexpr std::int64_t count_microseconds() const { return microseconds_; }
  constexpr std::int64_t count_milliseconds() const { return microseconds_ / 1'000; }
  constexpr std::int64_t count_seconds() const { return microseconds_ / 1'000'000; }

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator+(Duration other) const {
    return Duration(microseconds_ + other.microseconds_);
  }
  constexpr Duration operator-(Duration other) const {
    return Duration(microseconds_ - other.microseconds_);
  }
  constexpr Duration operator*(std::int64_t factor) const {
    return Duration(microseconds_ * factor);
  }
  constexpr Duration operator/(std::int64_t divisor) const {
    return Duration(microseconds_ / divisor);
  }

 private:
  constexpr explicit Duration(std::int64_t count) : microseconds_(count) {}
  std::int64_t microseconds_ = 0;
};

// A point in time: microseconds since an epoch that the host chooses once per call or server
// (the browser takes the page's start, the server its own).
class Timestamp {
 public:
  constexpr Timestamp() = default;

  static constexpr Timestamp from_microseconds(std::int64_t count) { return Timestamp(count); }

  constexpr std::int64_t count_microseconds() const { return microseconds_; }

  constexpr auto operator<=>(const Timestamp&) const = default;
  constexpr Timestamp operator+(Duration span) const {
    return Timestamp(microseconds_ + span.count_microseconds());
  }
  constexpr Timestamp operator-(Duration span) const {
    return Timestamp(microseconds_ - span.count_microseconds());
  }
  constexpr Duration operator-(Timestamp earlier) const {
    return Duration::microseconds(microseconds_ - earlier.microseconds_);
  }

 private:
  constexpr explicit Timestamp(std::int64_t count) : microseconds_(count) {}
  std::int64_t microseconds_ = 0;
};

}  // namespace parley
