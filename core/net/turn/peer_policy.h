// Whom clients may reach through the relay. Without this, a relay is a door into the network that
// the server stands in.
//
// Thread-safety: const; any thread.
#pragma once

#include <algorithm>
#include <vector>

#include "core/net/address.h"
#include "core/net/network.h"

namespace parley::turn {

class PeerPolicy {
 public:
  explicit PeerPolicy(std::vector<IpNetwork> allowed) : allowed_(std::move(allowed)) {}

  // Everything on the public Internet, and what the operator named.
  bool allows(const IpAddress& peer) const {
    return scope_of(peer) == AddressScope::Global || names(peer);
  }

  // Only what the operator named.
  bool names(const IpAddress& peer) const {
    return std::ranges::any_of(allowed_,
                               [&](const IpNetwork& each) { return each.contains(peer); });
  }

 private:
  std::vector<IpNetwork> allowed_;
};

}  // namespace parley::turn
