#include "server/webhooks/webhook_tally.h"

namespace parley {

bool WebhookTally::take_place() {
  const std::scoped_lock lock(mutex_);
  if (figures_.waiting >= most_waiting_) {
    ++figures_.drops[static_cast<std::size_t>(WebhookDrop::QueueFull)];
    return false;
  }
  ++figures_.waiting;
  return true;
}

void WebhookTally::delivered() {
  const std::scoped_lock lock(mutex_);
  ++figures_.delivered;
  --figures_.waiting;
}

void WebhookTally::failed_attempt() {
  const std::scoped_lock lock(mutex_);
  ++figures_.failed_attempts;
}

void WebhookTally::dropped(WebhookDrop why, std::size_t count) {
  const std::scoped_lock lock(mutex_);
  figures_.drops[static_cast<std::size_t>(why)] += count;
  figures_.waiting -= count;
}

WebhookFigures WebhookTally::figures() const {
  const std::scoped_lock lock(mutex_);
  return figures_;
}

}  // namespace parley
