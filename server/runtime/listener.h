// Accepts connections and gives them to the shards in turn.
//
// One listening socket, not one per shard with SO_REUSEPORT: with that option a second server on
// the same port would start without a word and take half of the connections. Accepting costs a few
// microseconds per connection; what follows happens on the other shards.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <cstdint>
#include <future>
#include <optional>
#include <string>

#include "server/runtime/asio.h"
#include "server/runtime/service.h"

namespace parley {

class Listener {
 public:
  // Runs on the first shard of `service`, which must outlive it.
  explicit Listener(Service& service);

  // Binds and listens as the options say. Returns a sentence about what went wrong, if anything.
  std::optional<std::string> open();

  std::uint16_t port() const { return port_; }

  // Accepts from now on. Any thread, once.
  void start();

  // Accepts no more; ready when that is so. Any thread, after start().
  std::future<void> stop();

 private:
  Task<> run();
  // Hands the connection to `shard`, unless its address has too many.
  void admit(Shard& shard, TcpSocket socket);
  // Waits before the next attempt. False once the listener has been stopped.
  Task<bool> recover(error_code error);

  Service& service_;
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor_;
  Timer retry_timer_;
  error_code last_failure_;  // of an unbroken row of failures: each is logged once
  std::size_t next_shard_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace parley
