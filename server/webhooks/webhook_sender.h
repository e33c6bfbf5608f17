// Sends webhooks at their time: the queue, and what carries out its orders.
//
// Thread-safety: none; belongs to the thread that runs its context.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "core/signaling/room_event.h"
#include "server/runtime/asio.h"
#include "server/webhooks/webhook_log.h"
#include "server/webhooks/webhook_queue.h"
#include "server/webhooks/webhook_tally.h"

namespace parley {

class WebhookClient;

class WebhookSender {
 public:
  // Sends nothing before change(). `tally` and `log` must outlive the sender. Calls `on_end` after
  // each event that is delivered or dropped.
  WebhookSender(asio::io_context& context, WebhookRetries retries, WebhookTally& tally,
                WebhookLog& log, std::function<void()> on_end);
  // Only where the context does not run any more.
  ~WebhookSender();

  // An event that happened at `time` and has a place in the tally.
  void tell(const RoomId& room, const RoomEvent& event, std::chrono::sys_seconds time);

  // Everything is sent by `client` from now on, what waits too. Null: nothing is sent any more, and
  // what waits is dropped. What is being sent ends as it began.
  void change(std::shared_ptr<WebhookClient> client);

 private:
  void schedule();
  void send_what_is_due();
  Task<> send(std::shared_ptr<WebhookClient> client, WebhookAttempt attempt);
  void on_failure(const RoomId& room);
  void drop(WebhookDrop why, std::size_t count);

  asio::io_context& context_;
  WebhookTally& tally_;
  WebhookLog& log_;
  std::function<void()> on_end_;
  std::shared_ptr<WebhookClient> client_;  // null: nobody is told
  WebhookQueue queue_;
  Timer timer_;
  std::optional<Timestamp> wakeup_;  // what timer_ is set to
};

}  // namespace parley
