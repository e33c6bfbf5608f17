// Sends the webhooks of one shard's rooms, beside everything else that the shard does: nobody waits
// for a receiver.
//
// Thread-safety: none; belongs to the shard's thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/signaling/room_event.h"
#include "server/runtime/asio.h"
#include "server/webhooks/webhook_log.h"
#include "server/webhooks/webhook_options.h"
#include "server/webhooks/webhook_queue.h"

namespace parley {

class WebhookClient;

class WebhookSender {
 public:
  // `options` must outlive the sender. An attempt fails that takes longer than `patience`, from
  // the connection to the answer's headers. Calls `on_idle` when nothing is left to be sent.
  WebhookSender(asio::io_context& context, const WebhookOptions& options,
                std::chrono::milliseconds patience, std::function<void()> on_idle);
  // Only where the context does not run any more.
  ~WebhookSender();

  void tell(const RoomId& room, const RoomEvent& event);

  // Nothing is sent after this. Tells the log how much is lost by that.
  void stop();

  const WebhookQueue& queue() const { return queue_; }

 private:
  void schedule();
  void send_what_is_due();
  Task<> send(WebhookAttempt attempt);

  asio::io_context& context_;
  const WebhookOptions& options_;
  std::unique_ptr<WebhookClient> client_;
  std::function<void()> on_idle_;
  WebhookQueue queue_;
  WebhookLog log_;
  Timer timer_;
  std::optional<Timestamp> wakeup_;  // what timer_ is set to
};

}  // namespace parley
