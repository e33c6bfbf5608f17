#include "server/runtime/listener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <exception>

#include "server/limits/client_address.h"
#include "server/logging/log.h"
#include "server/net/incoming_stream.h"
#include "server/runtime/shard.h"
#include "server/runtime/steady_time.h"

namespace parley {
namespace {

// Connections that wait to be accepted; Linux caps it at net.core.somaxconn, 4096 by default.
constexpr int backlog = 4096;

std::string describe(const std::string& host, std::uint16_t port, error_code error) {
  const std::string place = "port " + std::to_string(port) + " of " + host;
  if (error == asio::error::address_in_use) {
    return "Another program listens on " + place + "; choose another with --port.";
  }
  if (error == asio::error::access_denied) {
    return "The system does not allow this user to listen on " + place +
           "; choose a port from 1024 on with --port.";
  }
  if (error == boost::system::errc::address_not_available ||
      error == boost::system::errc::address_family_not_supported) {
    return "This machine has no address " + host + "; choose another with --host.";
  }
  return "Listening on " + place + " failed: " + error.message() + ".";
}

}  // namespace

Listener::Listener(Service& service)
    : service_(service),
      acceptor_(service.shards.front()->executor()),
      retry_timer_(service.shards.front()->executor()) {}

std::optional<std::string> Listener::open() {
  const std::string& host = service_.options.host;
  error_code error;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  if (error) return "\"" + host + "\" is not an IP address; give one with --host.";

  const asio::ip::tcp::endpoint endpoint(address, service_.options.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  // "::" is every address, also where the system's setting would make it IPv6 alone.
  if (!error && address.is_v6()) acceptor_.set_option(asio::ip::v6_only(false), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(backlog, error);
  if (!error) port_ = acceptor_.local_endpoint(error).port();
  if (error) return describe(host, service_.options.port, error);
  return std::nullopt;
}

void Listener::start() {
  asio::co_spawn(acceptor_.get_executor(), run(), [](const std::exception_ptr& failure) {
    if (failure) std::rethrow_exception(failure);
  });
}

std::future<void> Listener::stop() {
  std::promise<void> stopped;
  auto ready = stopped.get_future();
  asio::post(acceptor_.get_executor(), [this, stopped = std::move(stopped)]() mutable {
    error_code ignored;
    acceptor_.close(ignored);
    retry_timer_.cancel();
    stopped.set_value();
  });
  return ready;
}

Task<> Listener::run() {
  for (;;) {
    Shard& shard = *service_.shards[next_shard_];
    auto [error, socket] = co_await acceptor_.async_accept(shard.executor(), as_result);
    if (!error) {
      last_failure_ = {};
      admit(shard, std::move(socket));
    } else if (!co_await recover(error)) {
      break;
    }
  }
}

void Listener::admit(Shard& shard, TcpSocket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error).address();
  if (error) return;  // gone already
  Shard& own = *service_.shards.front();
  auto place = AddressLease::take(service_.addresses, ip_address_of(peer), Held::Connections,
                                  own.policy(), steady_now());
  if (const auto* denial = std::get_if<Denial>(&place)) {
    own.count_refusal(denial->reason, ip_address_of(peer));
    // There is no request to answer yet, and a TLS handshake is what a flood would want. A reset
    // leaves nothing behind here.
    socket.set_option(asio::socket_base::linger(true, 0), error);
    return;
  }
  serve_stream(shard, std::move(socket), std::get<AddressLease>(std::move(place)));
  next_shard_ = (next_shard_ + 1) % service_.shards.size();
}

Task<bool> Listener::recover(error_code error) {
  if (!acceptor_.is_open()) co_return false;
  // The client gave up before it was its turn; nothing is wrong here.
  if (error == asio::error::connection_aborted) co_return true;
  if (error != last_failure_) {
    log::warn("accept-failed", "Accepting a connection failed: {}. Trying again each {} ms.",
              error.message(), service_.options.timeouts.accept_retry.count());
    last_failure_ = error;
  }
  retry_timer_.expires_after(service_.options.timeouts.accept_retry);
  co_await retry_timer_.async_wait(as_result);
  co_return acceptor_.is_open();
}

}  // namespace parley
