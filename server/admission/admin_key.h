// The key of whoever administers the server by its API: an application, or the operator.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"

namespace parley {

// Thread-safety: const after construction; any thread.
class AdminKey {
 public:
  // As many as 16 random bytes have in hexadecimal: no number of requests finds one by trying.
  static constexpr std::size_t fewest_bytes = 32;
  static constexpr std::size_t most_bytes = 1024;

  // `text` is of the characters that a header can carry (RFC 6750 section 2.1). The error is a
  // sentence.
  static Result<AdminKey, std::string> from_text(std::string text);

  // How long it takes says nothing about where the two differ. `presented` may be anything.
  bool matches(std::string_view presented) const;

 private:
  explicit AdminKey(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace parley
