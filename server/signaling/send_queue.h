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

  // False, and nothing is changed, when `text` does not fit after the `unsent` bytes that are on
  // their way already.
  [[nodiscard]] bool push(SharedText text, std::size_t unsent = 0);

  bool empty() const { return texts_.empty(); }
  std::size_t bytes() const { return bytes_; }

  // Takes the oldest out. Precondition: not empty.
  SharedText take();

  void clear();

 private:
  LeanQueue<SharedText> texts_;
  std::size_t bytes_ = 0;
};

}  // namespace parley
