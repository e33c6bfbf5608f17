// The figures as text for Prometheus.
#pragma once

#include <string>

#include "server/metrics/shard_metrics.h"

namespace parley {

// `total` is the sum over all shards. Thread-safety: any thread.
std::string expose(const ShardMetrics& total);

}  // namespace parley
