// The figures of one shard: plain numbers that only its thread touches, so that counting costs an
// addition. They are copied when somebody asks; see exposition.h.
#pragma once

#include <array>
#include <cstdint>
#include <map>

#include "core/limits/limits.h"
#include "core/net/turn/counters.h"
#include "core/signaling/errors.h"
#include "server/metrics/delay_histogram.h"
#include "server/metrics/turn_stream_counters.h"

namespace parley {

// Why a WebSocket ended, where no error code says it.
enum class Ending : std::uint8_t {
  ByClient,   // with a close frame
  Lost,       // the connection broke
  Silent,     // no sign of life for Timeouts::idle
  Violation,  // against RFC 6455: a malformed frame or text that is not UTF-8
};
constexpr auto names_of(Ending) {
  return std::array<std::string_view, 4>{"by-client", "lost", "silent", "violation"};
}

// Why a TCP connection was ended before anything was served on it.
enum class StreamEnding : std::uint8_t {
  TooSlow,    // did not say in time what it speaks
  Lost,       // the connection broke
  TlsFailed,  // the two sides could not agree, or it was not TLS
  NoTurn,     // speaks STUN, and there is nobody for that
  TurnFull,   // speaks STUN, and there are as many of those as may be
};
constexpr auto names_of(StreamEnding) {
  return std::array<std::string_view, 5>{"too-slow", "lost", "tls-failed", "no-turn", "turn-full"};
}

// Why a request to the API was refused.
enum class AdminKeyRefusal : std::uint8_t { Missing, Wrong };
constexpr auto names_of(AdminKeyRefusal) {
  return std::array<std::string_view, 2>{"admin-key-missing", "admin-key-wrong"};
}

struct ShardMetrics {
  static constexpr std::size_t error_codes = names_of(ErrorCode{}).size();
  static constexpr std::size_t limit_reasons = names_of(LimitReason{}).size();
  static constexpr std::size_t endings = names_of(Ending{}).size();
  static constexpr std::size_t stream_endings_count = names_of(StreamEnding{}).size();

  std::uint64_t connections_opened = 0;  // WebSockets
  std::uint64_t connections_closed = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t messages_sent = 0;
  std::uint64_t bytes_received = 0;  // of messages, without framing
  std::uint64_t bytes_sent = 0;
  std::array<std::uint64_t, error_codes> errors{};
  std::array<std::uint64_t, error_codes> closes{};  // by the server, for this reason
  std::array<std::uint64_t, endings> endings_by{};  // other ends
  std::array<std::uint64_t, stream_endings_count> stream_endings{};
  std::array<std::uint64_t, limit_reasons> limit_refusals{};
  std::uint64_t origin_refusals = 0;
  std::array<std::uint64_t, names_of(AdminKeyRefusal{}).size()> admin_key_refusals{};
  DelayHistogram loop_delays;
  std::map<unsigned, std::uint64_t> http_responses;  // by status

  turn::Counters turn;
  TurnStreamCounters turn_streams;

  // Of the moment the copy was taken.
  std::uint64_t rooms = 0;
  std::uint64_t participants = 0;
  std::uint64_t turn_allocations = 0;

  ShardMetrics& operator+=(const ShardMetrics& other);
};

}  // namespace parley
