// How many of something there may be over all shards.
//
// Thread-safety: any thread.
#pragma once

#include <atomic>
#include <cstddef>

namespace parley {

class StreamLimit {
 public:
  explicit StreamLimit(std::size_t most) : most_(most) {}

  // Takes a place; false when there is none.
  bool acquire() {
    if (count_.fetch_add(1) < most_) return true;
    --count_;
    return false;
  }
  void release() { --count_; }

 private:
  const std::size_t most_;
  std::atomic<std::size_t> count_{0};
};

}  // namespace parley
