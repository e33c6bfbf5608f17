// The way into an event loop for threads that may be there for longer than the loop.
//
// Thread-safety: any thread.
#pragma once

#include <boost/asio/post.hpp>
#include <mutex>
#include <utility>

#include "server/runtime/asio.h"

namespace parley {

class LoopDoor {
 public:
  explicit LoopDoor(asio::io_context& context) : context_(&context) {}

  // Runs `function` on the loop; after close() it is dropped.
  template <class Function>
  void post(Function function) {
    const std::scoped_lock lock(mutex_);
    if (context_ != nullptr) asio::post(*context_, std::move(function));
  }

  // Before the loop is destroyed.
  void close() {
    const std::scoped_lock lock(mutex_);
    context_ = nullptr;
  }

 private:
  std::mutex mutex_;
  asio::io_context* context_;
};

}  // namespace parley
