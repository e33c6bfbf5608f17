#include "server/runtime/deadline_queue.h"

namespace parley {

void DeadlineQueue::add(ConnectionId connection) {
  deadlines_.push_back({Clock::now() + span_, connection});
  if (deadlines_.size() == 1) arm();
}

void DeadlineQueue::arm() {
  timer_.expires_at(deadlines_.front().at);
  timer_.async_wait([this](error_code error) {
    if (!error) on_timer();
  });
}

void DeadlineQueue::on_timer() {
  const auto now = Clock::now();
  while (!deadlines_.empty() && deadlines_.front().at <= now) {
    const ConnectionId connection = deadlines_.front().connection;
    deadlines_.pop_front();
    on_due_(connection);
  }
  if (!deadlines_.empty()) arm();
}

}  // namespace parley
