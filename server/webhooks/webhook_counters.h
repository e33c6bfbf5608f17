// What became of webhooks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// Why an event was never taken by the receiver.
enum class WebhookDrop : std::uint8_t {
  QueueFull,  // too many were waiting
  GivenUp,    // every attempt failed
};
constexpr auto names_of(WebhookDrop) {
  return std::array<std::string_view, 2>{"queue-full", "given-up"};
}

struct WebhookCounters {
  std::uint64_t delivered = 0;
  std::uint64_t failed_attempts = 0;
  std::array<std::uint64_t, names_of(WebhookDrop{}).size()> drops{};

  WebhookCounters& operator+=(const WebhookCounters& other) {
    delivered += other.delivered;
    failed_attempts += other.failed_attempts;
    for (std::size_t at = 0; at < drops.size(); ++at) drops[at] += other.drops[at];
    return *this;
  }
};

}  // namespace parley
