// Watches the shared socket and all relay sockets of a shard by one epoll descriptor of its own,
// and has the shard's event loop watch that one: a wake-up of the loop then serves many sockets,
// where each would cost an asynchronous operation of its own.
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <span>

#include "server/net/file_descriptor.h"
#include "server/runtime/asio.h"

namespace parley {

// Of a socket, besides reading.
enum class Writing : std::uint8_t { Ignored, Watched };

class RelayPoll {
 public:
  // Sockets that are ready, by the tag they were added with.
  using OnReady = std::function<void(std::span<const epoll_event>)>;

  // Throws std::system_error where the system gives no epoll descriptor.
  RelayPoll(asio::io_context& context, OnReady on_ready);

  // False where the system refuses (out of memory or watches).
  bool add(int socket, std::uint64_t tag);

  // Whether the socket of that tag, which was added, is reported for being ready to write, too.
  void watch_writing(int socket, std::uint64_t tag, Writing writing);

  void start() { wait(); }
  // Watches no more, so that the shard's thread may end.
  void stop();

 private:
  void wait();
  void on_wakeup();

  asio::posix::basic_stream_descriptor<Executor> epoll_;
  OnReady on_ready_;
  std::array<epoll_event, 64> events_{};
};

}  // namespace parley
