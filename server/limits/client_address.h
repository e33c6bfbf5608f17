// Where a client is.
//
// Thread-safety: any thread.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "core/net/network.h"

namespace parley {

IpAddress ip_address_of(const boost::asio::ip::address& address);

// The client of a request that came from `peer` with the header X-Forwarded-For `forwarded`: the
// last address in it that is no trusted proxy's, because proxies append and anybody may have
// written what stands before. `peer` itself where that is no trusted proxy.
IpAddress client_address(const IpAddress& peer, std::optional<std::string_view> forwarded,
                         const std::vector<IpNetwork>& trusted_proxies);

}  // namespace parley
