#include "server/metrics/exposition.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Exposition, AddsUpTheShardsAndNamesWhatItCounts) {
  ShardMetrics first;
  first.connections_opened = 5;
  first.connections_closed = 2;
  first.messages_received = 1'000'000'000'000;
  first.errors[static_cast<std::size_t>(ErrorCode::TooSlow)] = 1;
  first.endings_by[static_cast<std::size_t>(Ending::Silent)] = 4;
  first.http_responses[404] = 2;
  ShardMetrics second;
  second.connections_opened = 1;
  second.http_responses[404] = 1;
  second.http_responses[200] = 9;
  second.rooms = 3;
  first += second;

  WebhookFigures webhooks;
  webhooks.delivered = 7;
  webhooks.failed_attempts = 6;
  webhooks.drops[static_cast<std::size_t>(WebhookDrop::GivenUp)] = 5;
  webhooks.waiting = 4;

  const std::string text = expose(first, webhooks);
  EXPECT_TRUE(has_line(text, "# TYPE parley_connections gauge"));
  EXPECT_TRUE(has_line(text, "parley_connections 4"));
  EXPECT_TRUE(has_line(text, "parley_connections_total 6"));
  EXPECT_TRUE(has_line(text, "parley_messages_received_total 1000000000000"));
  EXPECT_TRUE(has_line(text, "parley_rooms 3"));
  EXPECT_TRUE(has_line(text, "parley_errors_total{code=\"too-slow\"} 1"));
  EXPECT_TRUE(has_line(text, "parley_closes_total{reason=\"silent\"} 4"));
  EXPECT_TRUE(has_line(text, "parley_http_responses_total{status=\"404\"} 3"));
  EXPECT_TRUE(has_line(text, "parley_http_responses_total{status=\"200\"} 9"));
  EXPECT_TRUE(has_line(text, "parley_webhooks_delivered_total 7"));
  EXPECT_TRUE(has_line(text, "parley_webhook_failures_total 6"));
  EXPECT_TRUE(has_line(text, "parley_webhooks_dropped_total{reason=\"given-up\"} 5"));
  EXPECT_TRUE(has_line(text, "parley_webhooks_waiting 4"));
}

}  // namespace
}  // namespace parley
