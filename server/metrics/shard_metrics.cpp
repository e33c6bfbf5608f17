#include "server/metrics/shard_metrics.h"

namespace parley {
namespace {

template <std::size_t N>
void add(std::array<std::uint64_t, N>& sum, const std::array<std::uint64_t, N>& more) {
  for (std::size_t at = 0; at < N; ++at) sum[at] += more[at];
}

}  // namespace

ShardMetrics& ShardMetrics::operator+=(const ShardMetrics& other) {
  connections_opened += other.connections_opened;
  connections_closed += other.connections_closed;
  messages_received += other.messages_received;
  messages_sent += other.messages_sent;
  bytes_received += other.bytes_received;
  bytes_sent += other.bytes_sent;
  add(errors, other.errors);
  add(closes, other.closes);
  add(endings_by, other.endings_by);
  add(stream_endings, other.stream_endings);
  add(limit_refusals, other.limit_refusals);
  origin_refusals += other.origin_refusals;
  add(admin_key_refusals, other.admin_key_refusals);
  loop_delays += other.loop_delays;
  for (const auto& [status, count] : other.http_responses) http_responses[status] += count;
  turn += other.turn;
  turn_streams += other.turn_streams;
  rooms += other.rooms;
  turn_allocations += other.turn_allocations;
  participants += other.participants;
  return *this;
}

}  // namespace parley
