#include "server/signaling/send_queue.h"

namespace parley {

bool SendQueue::push(SharedText text) {
  if (bytes_ + text->size() > max_bytes) return false;
  bytes_ += text->size();
  texts_.push_back(std::move(text));
  return true;
}

void SendQueue::pop() { bytes_ -= texts_.take_front()->size(); }

void SendQueue::drop_waiting() {
  if (empty()) return;
  texts_.keep_front();
  bytes_ = front().size();
}

}  // namespace parley
