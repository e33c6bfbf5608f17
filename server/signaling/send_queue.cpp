#include "server/signaling/send_queue.h"

namespace parley {

bool SendQueue::push(SharedText text) {
  if (bytes_ + text->size() > max_bytes) return false;
  bytes_ += text->size();
  texts_.push_back(std::move(text));
  return true;
}

void SendQueue::pop() {
  bytes_ -= texts_[next_]->size();
  texts_[next_].reset();
  ++next_;
  // What has been sent is let go of in one piece, and a burst's memory with it.
  constexpr std::size_t kept_capacity = 8;
  if (empty()) {
    texts_.clear();
    next_ = 0;
    if (texts_.capacity() > kept_capacity) texts_.shrink_to_fit();
  } else if (next_ >= texts_.size() / 2 && next_ > kept_capacity) {
    texts_.erase(texts_.begin(), texts_.begin() + static_cast<std::ptrdiff_t>(next_));
    next_ = 0;
  }
}

void SendQueue::drop_waiting() {
  if (empty()) return;
  texts_.resize(next_ + 1);
  bytes_ = front().size();
}

}  // namespace parley
