// Serves HTTP/1.1 on one connection until it ends or becomes a WebSocket.
#pragma once

#include "server/runtime/asio.h"
#include "server/runtime/shard.h"

namespace parley {

// Takes over `socket`, whose executor is that of `shard`. Call on any shard's thread.
void serve_http(Shard& shard, TcpSocket socket);

}  // namespace parley
