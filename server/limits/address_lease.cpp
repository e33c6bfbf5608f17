#include "server/limits/address_lease.h"

#include <algorithm>

namespace parley {
namespace {

bool is_in(const IpAddress& address, const std::vector<IpNetwork>& networks) {
  return std::ranges::any_of(networks, [&](const auto& each) { return each.contains(address); });
}

// What a proxy's own connections would count is all of its clients.
bool has_limits(const IpAddress& address, const Policy& policy) {
  return !is_in(address, policy.unlimited) && !is_in(address, policy.trusted_proxies);
}

}  // namespace

std::variant<AddressLease, Denial> AddressLease::take(SharedAddressTable& table,
                                                      const IpAddress& address, Held held,
                                                      const Policy& policy, Timestamp now) {
  if (!has_limits(address, policy)) return AddressLease();
  if (const auto denial = table.open(address, held, policy.address, now)) return *denial;
  return AddressLease(table, address, held);
}

std::optional<Denial> take_one(SharedAddressTable& table, const IpAddress& address, Flow flow,
                               const Policy& policy, Timestamp now) {
  if (!has_limits(address, policy)) return std::nullopt;
  return table.take(address, flow, 1, policy.address, now);
}

}  // namespace parley
