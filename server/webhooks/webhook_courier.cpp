#include "server/webhooks/webhook_courier.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "server/runtime/steady_time.h"
#include "server/webhooks/webhook_client.h"

namespace parley {

WebhookCourier::WebhookCourier(std::optional<WebhookOptions> receiver, Setup setup)
    : setup_(std::move(setup)),
      tally_(setup_.most_waiting),
      context_(1),  // the number of threads that will run it
      work_(asio::make_work_guard(context_)),
      door_(std::make_shared<LoopDoor>(context_)),
      sender_(context_, setup_.retries, tally_, log_, [this] { check_done(); }) {
  change(std::move(receiver));
}

WebhookCourier::~WebhookCourier() {
  door_->close();
  context_.stop();
  if (thread_.joinable()) thread_.join();
  WebhookLog::lost(tally_.figures().waiting);
}

void WebhookCourier::tell(const RoomId& room, const RoomEvent& event) {
  if (!has_receiver_) return;
  if (!tally_.take_place()) {
    log_.dropped(WebhookDrop::QueueFull, steady_now());
    return;
  }
  // What is sent is made by the courier's thread: that takes longer than the copy.
  const auto time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  asio::post(context_, [this, room, event, time] { sender_.tell(room, event, time); });
}

void WebhookCourier::change(std::optional<WebhookOptions> receiver) {
  if (receiver == receiver_) return;
  receiver_ = std::move(receiver);
  asio::post(context_, [this, client = receiver_ ? client_for(*receiver_) : nullptr]() mutable {
    sender_.change(std::move(client));
  });
  has_receiver_ = receiver_.has_value();
  if (receiver_ && !thread_.joinable()) {
    thread_ = std::thread([this] { context_.run(); });
  }
}

std::future<void> WebhookCourier::when_done() {
  std::promise<void> promise;
  auto ready = promise.get_future();
  if (!thread_.joinable()) {
    promise.set_value();
    return ready;
  }
  asio::post(context_, [this, promise = std::move(promise)]() mutable {
    done_ = std::move(promise);
    check_done();
  });
  return ready;
}

void WebhookCourier::check_done() {
  if (!done_ || tally_.figures().waiting > 0) return;
  done_->set_value();
  done_.reset();
}

std::shared_ptr<WebhookClient> WebhookCourier::client_for(const WebhookOptions& receiver) {
  return std::make_shared<WebhookClient>(
      receiver, setup_.patience,
      AddressLookup(context_, door_, receiver.url.host, receiver.url.port, setup_.resolver));
}

}  // namespace parley
