// What the server lets its clients do: that part of its options that may change while it runs.
#pragma once

#include <string>
#include <vector>

#include "core/limits/limits.h"
#include "core/net/network.h"

namespace parley {

struct Policy {
  AddressLimits address;
  ConnectionLimits websocket;
  // Whose addresses have no limits of their own. This machine's: there are proxies, and tests.
  std::vector<IpNetwork> unlimited{*IpNetwork::parse("127.0.0.0/8"), *IpNetwork::parse("::1")};
  // Proxies, whose X-Forwarded-For is believed. They have no limits of their own, either.
  std::vector<IpNetwork> trusted_proxies;
  // Sites whose pages may connect, beside the server's own; see http/origin.h. All: the widget
  // works in any page by the one line that its site's owner writes. That gives a page no more than
  // its visitor has anyway, because the server knows nobody by a cookie.
  std::vector<std::string> origins{"*"};
  // CSP's frame-ancestors of /embed.
  std::string frame_ancestors = "*";
};

}  // namespace parley
