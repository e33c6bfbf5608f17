// Tells the log of webhooks that are not taken: that there are some and why, and not a line for
// each. All of them are counted in /metrics.
//
// Thread-safety: any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "server/webhooks/webhook_figures.h"

namespace parley {

class WebhookLog {
 public:
  // A line of each kind at a time.
  static constexpr Duration pause = Duration::seconds(60);

  // An attempt to reach `receiver` failed; `reason` is a sentence without its end.
  void failed(std::string_view receiver, std::string_view reason, Timestamp now);
  void dropped(WebhookDrop why, Timestamp now);
  // The server stops with so many that were not taken.
  static void lost(std::size_t count);

 private:
  bool is_due(std::optional<Timestamp>& last, Timestamp now);

  std::mutex mutex_;
  std::optional<Timestamp> failed_at_;
  std::optional<Timestamp> dropped_at_;
};

}  // namespace parley
