// How each server wants to be spoken to: what leads to two clients being in one room, and what a
// message from one to the other looks like.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace bench {

// One client of a room of two, as far as the dialects know it.
struct Member {
  std::string room;
  std::string other;   // what the server calls the other one; empty until it is there
  bool ready = false;  // may send to the other one

  // The latest complaint of the server.
  std::string error;
};

class Dialect {
 public:
  virtual ~Dialect() = default;

  // Target of the WebSocket's request.
  virtual std::string target(const Member& member) const = 0;
  virtual std::string_view subprotocol() const { return {}; }

  // The texts to send, given that the socket has opened or that `text` was received: the steps
  // towards being ready, and answers to heartbeats. An empty text means nothing to send.
  virtual std::string opened(Member& member) const = 0;
  virtual std::string received(Member& member, std::string_view text) const = 0;

  // A message for the other one that carries `body`, which needs no escapes in JSON.
  virtual std::string message(const Member& member, std::string_view body) const = 0;
};

// Throws std::invalid_argument when `name` is none of parley, socket.io, ws, bare.
std::unique_ptr<Dialect> make_dialect(std::string_view name);

}  // namespace bench
