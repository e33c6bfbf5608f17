#include "tests/netlab/forwarder/channel.h"

#include <algorithm>
#include <utility>

namespace parley::netlab {

void Channel::offer(Packet packet, Timestamp now) {
  if (!conditions_.is_open) {
    ++counters_.refused;
    return;
  }
  if (random_.below(std::uint64_t{1'000'000}) < conditions_.lost_per_million) {
    ++counters_.lost;
    return;
  }
  if (queue_.size() >= longest_queue) {
    ++counters_.overflown;
    return;
  }
  sender_is_free_ = std::max(sender_is_free_, now);
  if (conditions_.bits_per_second > 0) {
    const auto microseconds = packet.size() * 8 * 1'000'000 / conditions_.bits_per_second;
    sender_is_free_ =
        sender_is_free_ + Duration::microseconds(static_cast<std::int64_t>(microseconds));
  }
  auto due = sender_is_free_ + conditions_.delay + random_.below(conditions_.jitter);
  if (!queue_.empty()) due = std::max(due, queue_.back().due);
  queue_.push_back({due, std::move(packet)});
}

std::optional<Timestamp> Channel::next_due() const {
  if (queue_.empty()) return std::nullopt;
  return queue_.front().due;
}

Packet Channel::take() {
  auto packet = std::move(queue_.front().packet);
  queue_.pop_front();
  ++counters_.delivered;
  return packet;
}

}  // namespace parley::netlab
