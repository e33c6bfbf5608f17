#include "core/net/turn/machine.h"

#include <algorithm>

namespace parley::turn {

Machine::Machine(Host host, MachineOptions options)
    : host_(host),
      options_(std::move(options)),
      random_(options_.seed),
      authenticator_(host.cryptography, options_.secret, options_.nonce_key),
      policy_(options_.allowed_peers),
      relays_(host.sockets, options_.relay_addresses, options_.ports, options_.share),
      allocations_(random_.next()) {}

void Machine::set_wall_clock(std::int64_t seconds, Timestamp now) {
  wall_clock_offset_ = Duration::seconds(seconds) - (now - Timestamp());
}

std::optional<Timestamp> Machine::next_timeout() const {
  std::optional<Timestamp> earliest;
  if (!expiries_.empty()) earliest = expiries_.begin()->first;
  if (!reservations_.empty() && (!earliest || reservations_.front().until < *earliest)) {
    earliest = reservations_.front().until;
  }
  return earliest;
}

void Machine::tick(Timestamp now) {
  while (!expiries_.empty() && expiries_.begin()->first <= now) end(expiries_.begin()->second);
  while (!reservations_.empty() && reservations_.front().until <= now) {
    relays_.close(reservations_.front().relay);
    reservations_.erase(reservations_.begin());
  }
}

void Machine::on_client_gone(const Client& client) {
  if (const auto slot = allocations_.find(client)) end(*slot);
}

void Machine::set_expiry(Slot slot, Timestamp expires) {
  Allocation& allocation = allocations_.at(slot);
  expiries_.erase({allocation.expires, slot});
  allocation.expires = expires;
  expiries_.emplace(expires, slot);
}

void Machine::end(Slot slot) {
  const Allocation& allocation = allocations_.at(slot);
  for (const auto& relay : allocation.relays) {
    if (relay) relays_.close(*relay);
  }
  host_.quota.release(allocation.user);
  expiries_.erase({allocation.expires, slot});
  allocations_.remove(slot);
  ++counters_.allocations_ended;
}

}  // namespace parley::turn
