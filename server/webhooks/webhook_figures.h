// What became of webhooks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace parley {

// Why an event was never taken by the receiver.
enum class WebhookDrop : std::uint8_t {
  QueueFull,    // too many were waiting
  GivenUp,      // every attempt failed
  SwitchedOff,  // waited when the operator wanted nobody to be told any more
};
constexpr auto names_of(WebhookDrop) {
  return std::array<std::string_view, 3>{"queue-full", "given-up", "switched-off"};
}

struct WebhookFigures {
  std::uint64_t delivered = 0;
  std::uint64_t failed_attempts = 0;
  std::array<std::uint64_t, names_of(WebhookDrop{}).size()> drops{};
  std::uint64_t waiting = 0;  // neither delivered nor dropped yet
};

}  // namespace parley
