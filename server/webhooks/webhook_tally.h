// Counts every webhook from its event to its end, and with that bounds how many there are: those
// that were handed over and not looked at yet, too.
//
// Thread-safety: any thread. Its figures are of one moment.
#pragma once

#include <cstddef>
#include <mutex>

#include "server/webhooks/webhook_figures.h"

namespace parley {

class WebhookTally {
 public:
  explicit WebhookTally(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  // For an event more, which ends with delivered() or dropped(). False when there are as many as
  // may be: it is counted as dropped.
  bool take_place();

  void delivered();
  void failed_attempt();
  void dropped(WebhookDrop why, std::size_t count = 1);

  WebhookFigures figures() const;

 private:
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  WebhookFigures figures_;
};

}  // namespace parley
