#include "server/webhooks/webhook_log.h"

#include "core/base/fields.h"
#include "server/logging/log.h"

namespace parley {

void WebhookLog::failed(std::string_view receiver, std::string_view reason, Timestamp now) {
  if (!is_due(failed_at_, now)) return;
  log::warn("webhook-failed", "{} did not take a webhook: {}. It is sent again.", receiver, reason);
}

void WebhookLog::dropped(WebhookDrop why, Timestamp now) {
  if (!is_due(dropped_at_, now)) return;
  log::warn("webhook-dropped", "Webhooks are dropped ({}); parley_webhooks_dropped_total counts.",
            name_of(why));
}

void WebhookLog::lost(std::size_t count) {
  if (count == 0) return;
  log::warn("webhook-dropped", "Webhooks are dropped because the server stops: {}.", count);
}

bool WebhookLog::is_due(std::optional<Timestamp>& last, Timestamp now) {
  const std::scoped_lock lock(mutex_);
  if (last && now - *last < pause) return false;
  last = now;
  return true;
}

}  // namespace parley
