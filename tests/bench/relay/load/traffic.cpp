#include "load/traffic.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace bench {
namespace {

using std::chrono::duration_cast;
using std::chrono::nanoseconds;

// The body is a session description's beginning; the time stamp is where the session id is.
constexpr std::string_view body_start = R"(v=0\r\no=- )";
constexpr std::size_t stamp_digits = 19;  // nanoseconds in 63 bits
constexpr std::string_view filler = R"(a=rtcp-fb:96 transport-cc\r\n)";

// What is under way when the time is up still counts, if it comes within this.
constexpr auto linger = std::chrono::milliseconds(500);

std::string make_body(std::size_t bytes) {
  std::string body(body_start);
  body.append(stamp_digits, '0');
  body += R"( 2 IN IP4 127.0.0.1\r\n)";
  while (body.size() + filler.size() <= bytes) body += filler;
  body.append(bytes - std::min(bytes, body.size()), 'x');
  return body;
}

std::int64_t now_ns() {
  return duration_cast<nanoseconds>(Clock::now().time_since_epoch()).count();
}

}  // namespace

std::uint32_t TrafficResult::latency_us(double fraction) const {
  if (latencies_us.empty()) return 0;
  const auto index = static_cast<std::size_t>(fraction * static_cast<double>(latencies_us.size()));
  return latencies_us[std::min(index, latencies_us.size() - 1)];
}

Traffic::Traffic(const Dialect& dialect, Crowd& crowd, std::size_t message_bytes) : crowd_(crowd) {
  for (const auto& connection : crowd.connections()) {
    const auto around = dialect.message(connection->member(), "").size();
    const auto text = dialect.message(connection->member(),
                                      make_body(message_bytes - std::min(message_bytes, around)));
    connection->frame = client_frame(Opcode::Text, text);
    connection->stamp_at = connection->frame.find(body_start) + body_start.size();
  }
}

void Traffic::send(Connection& connection, Clock::time_point due) {
  char digits[stamp_digits + 1];
  const auto due_ns = duration_cast<nanoseconds>(due.time_since_epoch()).count();
  std::snprintf(digits, sizeof digits, "%0*lld", static_cast<int>(stamp_digits),
                static_cast<long long>(due_ns));
  connection.frame.replace(connection.stamp_at, stamp_digits, digits, stamp_digits);
  crowd_.send(connection, connection.frame);
  ++result_.sent;
}

void Traffic::receive(std::string_view text) {
  const auto at = text.find(body_start);
  if (at == std::string_view::npos) throw std::runtime_error("unexpected: " + std::string(text));
  const auto due_ns = std::stoll(std::string(text.substr(at + body_start.size(), stamp_digits)));
  result_.latencies_us.push_back(static_cast<std::uint32_t>((now_ns() - due_ns) / 1000));
  ++result_.received;
}

TrafficResult Traffic::at_rate(double rate, std::chrono::seconds duration) {
  result_ = {};
  const auto& connections = crowd_.connections();
  const auto on_message = [this](Connection&, std::string_view text) { receive(text); };
  const auto start = Clock::now();
  const auto due_at = [&](std::uint64_t index) {
    return start + nanoseconds(static_cast<std::int64_t>(static_cast<double>(index) * 1e9 / rate));
  };
  const auto end = start + duration;
  std::uint64_t next = 0;
  for (auto now = start; now < end; now = Clock::now()) {
    for (; due_at(next) <= now; ++next) send(*connections[next % connections.size()], due_at(next));
    crowd_.serve_until(std::min(end, due_at(next)), on_message);
  }
  result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  while (result_.received < result_.sent && Clock::now() < end + linger) {
    crowd_.serve_until(end + linger, on_message);
  }
  std::sort(result_.latencies_us.begin(), result_.latencies_us.end());
  return std::exchange(result_, {});
}

TrafficResult Traffic::at_saturation(std::chrono::seconds duration) {
  result_ = {};
  const auto start = Clock::now();
  const auto end = start + duration;
  const auto& connections = crowd_.connections();
  for (std::size_t i = 0; i < connections.size(); i += 2) send(*connections[i], Clock::now());
  while (Clock::now() < end) {
    crowd_.serve_until(end, [this](Connection& connection, std::string_view text) {
      receive(text);
      send(connection, Clock::now());
    });
  }
  result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::sort(result_.latencies_us.begin(), result_.latencies_us.end());
  return std::exchange(result_, {});
}

}  // namespace bench
