// What waits to be written to one connection. Texts are shared: one that goes to many is encoded
// once and stored once.
//
// Thread-safety: none; belongs to its connection's shard.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/lean_queue.h"

namespace parley {

using SharedText = std::shared_ptr<const std::string>;

class SendQueue {
 public:
  // Most bytes that wait for one connection. A room of 32 in which all negotiate anew at once sends
  // each member about 31 descriptions of 6 KiB, 186 KiB; with what the kernel holds besides
  // (limits in websocket_connection.cpp), a peer that has more than this before it is not reading.
  static constexpr std::size_t max_bytes = 256 * 1024;

  // False, and nothing is changed, when `text` does not fit.
  [[nodiscard]] bool push(SharedText text);

  bool empty() const { return texts_.empty(); }
  std::size_t bytes() const { return bytes_; }

  // The oldest text; it is the one being written. Precondition: not empty.
  const std::string& front() const { return *texts_.front(); }
  void pop();

  // Keeps the oldest only: it may be half written, and a frame cannot be cut short.
  void drop_waiting();

 private:
  LeanQueue<SharedText> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace parley
