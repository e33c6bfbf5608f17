// Serves HTTP/1.1 on one connection until it ends or becomes a WebSocket.
#pragma once

#include <string_view>

#include "server/net/stream.h"
#include "server/runtime/shard.h"

namespace parley {

// Takes over `stream`, whose executor is that of `shard` and of which `read` has been read; that
// may be gone when the call returns. Call on the thread of `shard`.
void serve_http(Shard& shard, Stream stream, std::string_view read);

}  // namespace parley
