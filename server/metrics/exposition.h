// The figures as text for Prometheus.
#pragma once

#include <string>

#include "server/metrics/shard_metrics.h"
#include "server/webhooks/webhook_figures.h"

namespace parley {

// `total` is the sum over all shards. Thread-safety: any thread.
std::string expose(const ShardMetrics& total, const WebhookFigures& webhooks);

}  // namespace parley
