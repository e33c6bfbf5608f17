// The first moments of a connection: finds out what it speaks, does TLS's handshake where that is
// TLS, and gives it to who serves that.
#pragma once

#include "server/limits/address_lease.h"
#include "server/runtime/asio.h"
#include "server/runtime/shard.h"

namespace parley {

// Takes over `socket`, whose executor is that of `shard`. Any thread.
void serve_stream(Shard& shard, TcpSocket socket, AddressLease lease);

}  // namespace parley
