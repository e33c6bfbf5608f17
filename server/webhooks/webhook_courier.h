// Tells the operator's application what happens in all rooms of the server, from a thread of its
// own: look-ups, handshakes and receivers that are slow cost no room any time. Without a receiver
// there is no thread.
//
// Events that are told by one thread are sent in their order for each room.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <thread>

#include "core/signaling/room_event.h"
#include "server/runtime/asio.h"
#include "server/runtime/loop_door.h"
#include "server/webhooks/address_lookup.h"
#include "server/webhooks/webhook_log.h"
#include "server/webhooks/webhook_options.h"
#include "server/webhooks/webhook_sender.h"
#include "server/webhooks/webhook_tally.h"

namespace parley {

class WebhookCourier {
 public:
  struct Setup {
    // For an attempt, from the look-up of the address to the answer.
    std::chrono::milliseconds patience = std::chrono::seconds(10);
    WebhookRetries retries = {};
    // Everybody of a full server (ServerOptions::max_connections) who comes back after a restart,
    // each into a room of its own: 20 MB, at about 500 bytes an event.
    std::size_t most_waiting = 40'000;
    AddressLookup::Resolver resolver = AddressLookup::by_system;
  };

  // `receiver`: whom to tell, if anybody.
  WebhookCourier(std::optional<WebhookOptions> receiver, Setup setup);

  // Nothing is sent after this; the log is told how much is lost by that. Does not wait for a
  // receiver or a look-up.
  ~WebhookCourier();
  WebhookCourier(const WebhookCourier&) = delete;
  WebhookCourier& operator=(const WebhookCourier&) = delete;

  // --- From any thread -------------------------------------------------------------------------

  // Takes as long as to copy `event`. It is dropped where too many wait.
  void tell(const RoomId& room, const RoomEvent& event);

  WebhookFigures figures() const { return tally_.figures(); }

  // --- From one thread at a time ---------------------------------------------------------------

  // Everything goes to `receiver` from now on, signed with its secret: what waits, too, and at
  // once. Nobody: what waits is dropped. Does nothing where it is the one so far.
  void change(std::optional<WebhookOptions> receiver);

  // Ready when every event that was told before was delivered or dropped. Call once.
  std::future<void> when_done();

 private:
  std::shared_ptr<WebhookClient> client_for(const WebhookOptions& receiver);
  void check_done();

  const Setup setup_;
  std::optional<WebhookOptions> receiver_;
  std::atomic<bool> has_receiver_{false};  // the same for any thread
  WebhookTally tally_;
  WebhookLog log_;

  asio::io_context context_;
  asio::executor_work_guard<Executor> work_;  // until the end
  const std::shared_ptr<LoopDoor> door_;

  // Of the courier's thread.
  std::optional<std::promise<void>> done_;  // while somebody waits for it
  WebhookSender sender_;

  std::thread thread_;
};

}  // namespace parley
