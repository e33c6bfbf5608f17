#include "tests/server/support/webhook_receiver.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <csignal>
#include <stdexcept>

namespace parley::testing {
namespace {

constexpr auto longest_wait = std::chrono::seconds(20);

int listen_at(std::uint16_t port) {
  const int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listening, 64) != 0) {
    throw std::runtime_error("a receiver of webhooks cannot listen");
  }
  return listening;
}

std::uint16_t port_of(int listening) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

WebhookOptions webhook_to(std::uint16_t port, const std::string& scheme) {
  const auto url = parse_webhook_url(scheme + "://localhost:" + std::to_string(port) + "/hook?a=b");
  return {*url, test_webhook_secret};
}

std::uint16_t free_port() {
  const int listening = listen_at(0);
  const auto port = port_of(listening);
  ::close(listening);
  return port;
}

std::string ReceivedWebhook::words() const {
  const auto told = json();
  std::string text = told.at("type");
  if (told.contains("participant"))
    text += " " + told.at("participant").at("name").get<std::string>();
  return text;
}

std::string ReceivedWebhook::header(const std::string& name) const {
  const auto at = lower(head).find("\r\n" + lower(name) + ": ");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

void WebhookReceiver::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }
void WebhookReceiver::Free::operator()(ssl_st* tls) const { SSL_free(tls); }

WebhookReceiver::WebhookReceiver(std::uint16_t port, const std::optional<PemFile>& certificate)
    : listening_(listen_at(port)), port_(port_of(listening_)) {
  ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
  if (certificate) {
    tls_.reset(SSL_CTX_new(TLS_server_method()));
    const auto parsed = Certificate::parse(*certificate, *certificate);
    SSL_CTX_use_certificate(tls_.get(), parsed->native());
    SSL_CTX_use_PrivateKey(tls_.get(), parsed->native_key());
  }
  thread_ = std::thread([this] { serve(); });
}

WebhookReceiver::~WebhookReceiver() {
  shutdown(listening_, SHUT_RDWR);
  thread_.join();
  ::close(listening_);
  for (const int socket : kept_open_) ::close(socket);
}

void WebhookReceiver::answer(std::deque<unsigned> next, unsigned then) {
  const std::scoped_lock lock(mutex_);
  answers_ = std::move(next);
  then_ = then;
}

void WebhookReceiver::hold(std::size_t count) {
  const std::scoped_lock lock(mutex_);
  to_hold_ = count;
}

void WebhookReceiver::wait_for_held(std::size_t count) {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(changed_.wait_for(lock, longest_wait, [&] { return held_ >= count; }))
      << held_ << " of " << count << " came";
}

std::vector<ReceivedWebhook> WebhookReceiver::wait_for(std::size_t count) {
  std::unique_lock lock(mutex_);
  EXPECT_TRUE(changed_.wait_for(lock, longest_wait, [&] { return received_.size() >= count; }))
      << received_.size() << " of " << count << " came";
  return received_;
}

void WebhookReceiver::serve() {
  for (int socket = 0; (socket = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    const timeval limit{std::chrono::seconds(longest_wait).count(), 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (is_to_be_held()) {
      kept_open_.push_back(socket);
    } else {
      serve_one(socket);
    }
  }
}

bool WebhookReceiver::is_to_be_held() {
  const std::scoped_lock lock(mutex_);
  if (to_hold_ == 0) return false;
  --to_hold_;
  ++held_;
  changed_.notify_all();
  return true;
}

void WebhookReceiver::serve_one(int socket) {
  std::unique_ptr<SSL, Free> tls;
  if (tls_) {
    tls.reset(SSL_new(tls_.get()));
    SSL_set_fd(tls.get(), socket);
    if (SSL_accept(tls.get()) != 1) {
      ::close(socket);
      return;
    }
  }
  ReceivedWebhook request;
  std::string text;
  std::size_t expected = std::string::npos;  // length of the whole
  while (text.size() < expected) {
    std::array<char, 4096> buffer{};
    const auto got = tls ? SSL_read(tls.get(), buffer.data(), buffer.size())
                         : static_cast<int>(recv(socket, buffer.data(), buffer.size(), 0));
    if (got <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(got));
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    request.head = text.substr(0, end + 2);
    expected = end + 4 + std::stoul(request.header("Content-Length"));
  }
  if (text.size() < expected) {
    ::close(socket);
    return;
  }
  request.body = text.substr(request.head.size() + 2);
  const unsigned status = next_answer();
  if (status == silence) {
    kept_open_.push_back(socket);
  } else {
    const std::string answer = "HTTP/1.1 " + std::to_string(status) +
                               " Told\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";
    if (tls) {
      SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
    } else {
      send(socket, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    ::close(socket);
  }
  const std::scoped_lock lock(mutex_);
  received_.push_back(std::move(request));
  changed_.notify_all();
}

unsigned WebhookReceiver::next_answer() {
  const std::scoped_lock lock(mutex_);
  if (answers_.empty()) return then_;
  const unsigned status = answers_.front();
  answers_.pop_front();
  return status;
}

}  // namespace parley::testing
