// Strong types over integers and strings: two ids of different kinds cannot be mixed up, and text
// that came from outside carries its length limit in its type.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

// An integer id. Tag only makes the type distinct.
template <class Tag>
class Number {
 public:
  using Representation = std::uint32_t;

  constexpr Number() = default;
  constexpr explicit Number(Representation value) : value_(value) {}

  constexpr Representation value() const { return value_; }
  constexpr Number next() const { return Number(value_ + 1); }
  constexpr auto operator<=>(const Number&) const = default;

 private:
  Representation value_ = 0;
};

// UTF-8 text of at most MaxBytes bytes. Tag makes the type distinct and may narrow what is allowed
// by a `static bool allows(std::string_view)`. Only the JSON decoder and `accepts` check the limit;
// the constructor trusts the program's own constants.
template <class Tag, std::size_t MaxBytes>
class Text {
 public:
  static constexpr std::size_t max_bytes = MaxBytes;

  Text() = default;
  explicit Text(std::string value) : value_(std::move(value)) {}

  // Whether `candidate` (valid UTF-8) may become a Text of this type.
  static bool accepts(std::string_view candidate) {
    if (candidate.size() > MaxBytes) return false;
    if constexpr (requires { Tag::allows(candidate); }) {
      return Tag::allows(candidate);
    } else {
      return true;
    }
  }

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  // Spelled out because libc++ before LLVM 14 gives std::string no operator<=>.
  bool operator==(const Text& other) const { return value_ == other.value_; }
  bool operator<(const Text& other) const { return value_ < other.value_; }

 private:
  std::string value_;
};

}  // namespace parley
