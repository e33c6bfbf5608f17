// Where streams go that speak STUN: TURN over TCP and TLS (RFC 8656 section 2.1).
#pragma once

#include <string_view>

#include "server/net/stream.h"

namespace parley {

class Shard;

class StunStreamAcceptor {
 public:
  virtual ~StunStreamAcceptor() = default;

  // Takes over `stream`, of which `read` has been read; that is gone when the call returns. Called
  // on the thread of `shard`, whose executor the stream has. False where there are too many: then
  // the stream is closed.
  virtual bool accept(Shard& shard, Stream stream, std::string_view read) = 0;
};

}  // namespace parley
