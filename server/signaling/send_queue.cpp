#include "server/signaling/send_queue.h"

namespace parley {

bool SendQueue::push(SharedText text, std::size_t unsent) {
  if (unsent + bytes_ + text->size() > max_bytes) return false;
  bytes_ += text->size();
  texts_.push_back(std::move(text));
  return true;
}

SharedText SendQueue::take() {
  SharedText text = texts_.take_front();
  bytes_ -= text->size();
  return text;
}

void SendQueue::clear() {
  texts_ = {};
  bytes_ = 0;
}

}  // namespace parley
