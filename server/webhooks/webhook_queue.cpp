#include "server/webhooks/webhook_queue.h"

#include <algorithm>

namespace parley {

Duration WebhookRetries::pause(unsigned failures, Random& random) const {
  Duration whole = first_pause;
  for (unsigned each = 1; each < failures && whole < longest_pause; ++each) whole = whole * 2;
  whole = std::min(whole, longest_pause);
  return whole / 2 + random.below(whole / 2);
}

void WebhookQueue::add(const RoomId& room, std::string body, Timestamp now) {
  const auto [lane, is_new] = lanes_.try_emplace(room);
  lane->second.events.push_back(std::make_shared<const std::string>(std::move(body)));
  if (is_new) schedule_.emplace(now, room);
}

std::optional<WebhookAttempt> WebhookQueue::next(Timestamp now) {
  const auto due = next_timeout();
  if (!due || *due > now) return std::nullopt;
  const RoomId room = schedule_.begin()->second;
  schedule_.erase(schedule_.begin());
  ++being_sent_;
  return WebhookAttempt{room, lanes_.at(room).events.front()};
}

void WebhookQueue::delivered(const RoomId& room, Timestamp now) {
  forget_first(lanes_.find(room), now);
}

WebhookQueue::Failure WebhookQueue::failed(const RoomId& room, Timestamp now) {
  const auto lane = lanes_.find(room);
  if (++lane->second.failures >= retries_.most_attempts) {
    forget_first(lane, now);
    return Failure::GivenUp;
  }
  --being_sent_;
  schedule_.emplace(now + retries_.pause(lane->second.failures, random_), room);
  return Failure::TriedAgain;
}

void WebhookQueue::forget_first(Lanes::iterator lane, Timestamp now) {
  --being_sent_;
  lane->second.events.take_front();
  lane->second.failures = 0;
  if (lane->second.events.empty()) {
    lanes_.erase(lane);
  } else {
    schedule_.emplace(now, lane->first);
  }
}

void WebhookQueue::forgive(Timestamp now) {
  for (auto& [room, lane] : lanes_) lane.failures = 0;
  std::set<std::pair<Timestamp, RoomId>> anew;
  for (const auto& [due, room] : schedule_) anew.emplace(std::min(due, now), room);
  schedule_ = std::move(anew);
}

std::size_t WebhookQueue::forget_waiting() {
  std::size_t count = 0;
  for (const auto& [due, room] : schedule_) {
    const auto lane = lanes_.find(room);
    count += lane->second.events.size();
    lanes_.erase(lane);
  }
  schedule_.clear();
  // The first of each of these is being sent.
  for (auto& [room, lane] : lanes_) {
    count += lane.events.size() - 1;
    lane.events.keep_front();
  }
  return count;
}

std::optional<Timestamp> WebhookQueue::next_timeout() const {
  if (schedule_.empty() || being_sent_ >= most_at_once) return std::nullopt;
  return schedule_.begin()->first;
}

}  // namespace parley
