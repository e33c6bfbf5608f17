#include "server/webhooks/webhook_sender.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <exception>
#include <random>
#include <string>

#include "server/runtime/steady_time.h"
#include "server/webhooks/webhook_body.h"
#include "server/webhooks/webhook_client.h"

namespace parley {
namespace {

std::chrono::sys_seconds now_in_utc() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace

WebhookSender::WebhookSender(asio::io_context& context, WebhookRetries retries, WebhookTally& tally,
                             WebhookLog& log, std::function<void()> on_end)
    : context_(context),
      tally_(tally),
      log_(log),
      on_end_(std::move(on_end)),
      queue_(retries, std::random_device{}()),
      timer_(context) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::tell(const RoomId& room, const RoomEvent& event,
                         std::chrono::sys_seconds time) {
  if (!client_) {
    drop(WebhookDrop::SwitchedOff, 1);
    return;
  }
  queue_.add(room, webhook_body(draw_event_id(), time, room, event), steady_now());
  schedule();
}

void WebhookSender::change(std::shared_ptr<WebhookClient> client) {
  client_ = std::move(client);
  if (client_) {
    queue_.forgive(steady_now());
  } else {
    drop(WebhookDrop::SwitchedOff, queue_.forget_waiting());
  }
  schedule();
}

// What is due now is sent from the event loop, too, so that coming events are taken over first.
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
    asio::co_spawn(context_.get_executor(), send(client_, std::move(*attempt)), asio::detached);
  }
}

Task<> WebhookSender::send(std::shared_ptr<WebhookClient> client, WebhookAttempt attempt) {
  std::optional<std::string> failure;
  try {
    failure = co_await client->post(context_, *attempt.body, now_in_utc());
  } catch (const std::exception& exception) {
    failure = exception.what();
  }
  if (failure) {
    log_.failed(client->receiver(), *failure, steady_now());
    on_failure(attempt.room);
  } else {
    queue_.delivered(attempt.room, steady_now());
    tally_.delivered();
    on_end_();
  }
  schedule();
}

void WebhookSender::on_failure(const RoomId& room) {
  const auto outcome = queue_.failed(room, steady_now());
  tally_.failed_attempt();
  if (outcome == WebhookQueue::Failure::GivenUp) drop(WebhookDrop::GivenUp, 1);
  // It began before that and would be sent again.
  if (!client_) drop(WebhookDrop::SwitchedOff, queue_.forget_waiting());
}

void WebhookSender::drop(WebhookDrop why, std::size_t count) {
  if (count == 0) return;
  tally_.dropped(why, count);
  log_.dropped(why, steady_now());
  on_end_();
}

}  // namespace parley
