#include "server/webhooks/webhook_sender.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <random>

#include "server/runtime/steady_time.h"
#include "server/webhooks/webhook_body.h"
#include "server/webhooks/webhook_client.h"

namespace parley {
namespace {

std::chrono::sys_seconds now_in_utc() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

WebhookSender::WebhookSender(asio::io_context& context, const WebhookOptions& options,
                             std::chrono::milliseconds patience, std::function<void()> on_idle)
    : context_(context),
      options_(options),
      client_(std::make_unique<WebhookClient>(options, patience)),
      on_idle_(std::move(on_idle)),
      queue_(WebhookRetries{}, std::random_device{}()),
      timer_(context) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::tell(const RoomId& room, const RoomEvent& event) {
  const auto now = steady_now();
  if (!queue_.add(room, webhook_body(draw_event_id(), now_in_utc(), room, event), now)) {
    log_.dropped(WebhookDrop::QueueFull, now);
  }
  schedule();
}

void WebhookSender::stop() { log_.lost(queue_.size()); }

// What is due now is sent from the event loop, too: the room is still dealing with its input.
void WebhookSender::schedule() {
  const auto wakeup = queue_.next_timeout();
  if (wakeup == wakeup_) return;
  wakeup_ = wakeup;
  if (!wakeup) {
    timer_.cancel();
    return;
  }
  timer_.expires_at(std::chrono::steady_clock::time_point(
      std::chrono::microseconds(wakeup->count_microseconds())));
  timer_.async_wait([this](error_code error) {
    if (error) return;
    wakeup_.reset();
    send_what_is_due();
    schedule();
  });
}

void WebhookSender::send_what_is_due() {
  while (auto attempt = queue_.next(steady_now())) {
    asio::co_spawn(context_.get_executor(), send(std::move(*attempt)), asio::detached);
  }
}

Task<> WebhookSender::send(WebhookAttempt attempt) {
  std::optional<std::string> failure;
  try {
    failure = co_await client_->post(context_, *attempt.body, now_in_utc());
  } catch (const std::exception& exception) {
    failure = exception.what();
  }
  const auto now = steady_now();
  if (!failure) {
    queue_.delivered(attempt.room, now);
  } else {
    log_.failed(options_.url.authority, *failure, now);
    if (queue_.failed(attempt.room, now) == WebhookQueue::Failure::GivenUp) {
      log_.dropped(WebhookDrop::GivenUp, now);
    }
  }
  schedule();
  if (queue_.size() == 0) on_idle_();
}

}  // namespace parley
