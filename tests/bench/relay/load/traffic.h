// Messages between the two of each room, and how long they take.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "load/crowd.h"
#include "load/dialect.h"

namespace bench {

struct TrafficResult {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  double seconds = 0;
  std::vector<std::uint32_t> latencies_us;  // sorted

  // `fraction` of the messages arrived within this many microseconds.
  std::uint32_t latency_us(double fraction) const;
};

class Traffic {
 public:
  // Prepares messages of `message_bytes` with all that the dialect puts around them.
  Traffic(const Dialect& dialect, Crowd& crowd, std::size_t message_bytes);

  // `rate` messages a second over all rooms in turn. Latency counts from the moment a message was
  // due, so that a server that holds up the load generator is not excused.
  TrafficResult at_rate(double rate, std::chrono::seconds duration);

  // In each room one message goes to and fro as fast as the server relays it.
  TrafficResult at_saturation(std::chrono::seconds duration);

 private:
  void send(Connection& connection, Clock::time_point due);
  void receive(std::string_view text);

  Crowd& crowd_;
  TrafficResult result_;
};

}  // namespace bench
