// A receiver of webhooks: a small HTTP or HTTPS server on loopback that answers as a test says.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/net/certificate.h"
#include "server/webhooks/webhook_options.h"

struct ssl_ctx_st;
struct ssl_st;

namespace parley::testing {

inline constexpr const char* test_webhook_secret = "0123456789abcdef0123456789abcdef";

// To /hook on loopback.
WebhookOptions webhook_to(std::uint16_t port, const std::string& scheme = "http");

// One that is free now.
std::uint16_t free_port();

struct ReceivedWebhook {
  std::string head;  // request line and headers
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  // "participant-joined Ana", "room-started".
  std::string words() const;
  // Of the header called `name`; empty where there is none.
  std::string header(const std::string& name) const;
};

class WebhookReceiver {
 public:
  // What is done with a request: answered with this status, or read and never answered.
  static constexpr unsigned silence = 0;

  // Port 0: any free one. With a certificate: https.
  explicit WebhookReceiver(std::uint16_t port = 0,
                           const std::optional<PemFile>& certificate = std::nullopt);
  ~WebhookReceiver();
  WebhookReceiver(const WebhookReceiver&) = delete;
  WebhookReceiver& operator=(const WebhookReceiver&) = delete;

  std::uint16_t port() const { return port_; }

  // The next requests are answered so, the later ones with `then`.
  void answer(std::deque<unsigned> next, unsigned then = 204);

  // Nothing is read from the next connections, so that a handshake does not end.
  void hold(std::size_t count);

  // As soon as so many in all are held. Fails the test when they do not come.
  void wait_for_held(std::size_t count);

  // All requests so far, as soon as there are `count`. Fails the test when they do not come.
  std::vector<ReceivedWebhook> wait_for(std::size_t count);

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
    void operator()(ssl_st* tls) const;
  };

  void serve();
  bool is_to_be_held();
  void serve_one(int socket);
  unsigned next_answer();

  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::unique_ptr<ssl_ctx_st, Free> tls_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<unsigned> answers_;
  unsigned then_ = 204;
  std::size_t to_hold_ = 0;
  std::size_t held_ = 0;
  std::vector<ReceivedWebhook> received_;
  std::vector<int> kept_open_;  // of the thread
  std::thread thread_;
};

}  // namespace parley::testing
