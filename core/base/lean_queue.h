// A queue that holds no memory while it is empty: for the many that nearly always are. (An empty
// std::deque of libstdc++ holds half a KiB.)
//
// Thread-safety: that of a std::vector.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace parley {

template <class T>
class LeanQueue {
 public:
  bool empty() const { return next_ == items_.size(); }
  std::size_t size() const { return items_.size() - next_; }

  // The oldest. Precondition, here and below: not empty.
  T& front() { return items_[next_]; }
  const T& front() const { return items_[next_]; }

  void push_back(T item) { items_.push_back(std::move(item)); }

  T take_front() {
    T item = std::move(items_[next_]);
    ++next_;
    if (empty()) {
      items_ = {};
      next_ = 0;
    } else if (next_ >= most_taken && next_ >= items_.size() / 2) {
      items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(next_));
      next_ = 0;
    }
    return item;
  }

  // All but the oldest.
  void keep_front() {
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(next_ + 1), items_.end());
  }

 private:
  // Places of items that were taken are given back when there are more of them than this, and than
  // of those that wait: seldom enough to cost each item a constant time.
  static constexpr std::size_t most_taken = 8;

  std::vector<T> items_;
  std::size_t next_ = 0;
};

}  // namespace parley
