#include "server/limits/address_lease.h"

#include <algorithm>

namespace parley {
namespace {

bool is_in(const IpAddress& address, const std::vector<IpNetwork>& networks) {
  return std::ranges::any_of(networks, [&](const auto& each) { return each.contains(address); });
}

}  // namespace

std::variant<AddressLease, Denial> AddressLease::take(SharedAddressTable& table,
                                                      const IpAddress& address, Held held,
                                                      const Policy& policy, Timestamp now) {
  // What a proxy's own connections would count is all of its clients.
  if (is_in(address, policy.unlimited) || is_in(address, policy.trusted_proxies)) {
    return AddressLease();
  }
  if (const auto denial = table.open(address, held, policy.address, now)) return *denial;
  return AddressLease(table, address, held);
}

}  // namespace parley
