// Turns a request that asks for it (see http/upgrade.h) into a WebSocket and serves it.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>

#include "server/net/stream.h"
#include "server/runtime/shard.h"

namespace parley {

using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

// Takes over `stream`, from which nothing but `request` has been read, and answers the request.
// Call on any shard's thread; the connection then lives on `shard`, whose executor `stream` has.
// `lease` is the place that the client's address holds for it.
void serve_websocket(Shard& shard, Stream stream, std::unique_ptr<UpgradeRequest> request,
                     AddressLease lease);

}  // namespace parley
