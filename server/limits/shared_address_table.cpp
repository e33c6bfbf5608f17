#include "server/limits/shared_address_table.h"

#include <openssl/rand.h>

#include <numeric>
#include <stdexcept>

namespace parley {
namespace {

std::uint64_t draw_seed() {
  std::uint64_t seed = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&seed), sizeof seed) != 1) {
    throw std::runtime_error("the operating system yields no random bytes");
  }
  return seed;
}

}  // namespace

SharedAddressTable::SharedAddressTable() : seed_(draw_seed()) {
  for (std::size_t index = 0; index < stripes; ++index) {
    stripes_.push_back(std::make_unique<Stripe>(draw_seed()));
  }
}

std::optional<Denial> SharedAddressTable::open(const IpAddress& address, Held held,
                                               const AddressLimits& limits, Timestamp now) {
  const IpAddress part = limited_part(address);
  Stripe& stripe = stripe_of(part);
  const std::lock_guard lock(stripe.mutex);
  return stripe.table.open(part, held, limits, now);
}

void SharedAddressTable::close(const IpAddress& address, Held held) {
  const IpAddress part = limited_part(address);
  Stripe& stripe = stripe_of(part);
  const std::lock_guard lock(stripe.mutex);
  stripe.table.close(part, held);
}

std::optional<Denial> SharedAddressTable::take(const IpAddress& address, Flow flow,
                                               std::uint32_t tokens, const AddressLimits& limits,
                                               Timestamp now) {
  const IpAddress part = limited_part(address);
  Stripe& stripe = stripe_of(part);
  const std::lock_guard lock(stripe.mutex);
  return stripe.table.take(part, flow, tokens, limits, now);
}

std::size_t SharedAddressTable::size() const {
  return std::accumulate(stripes_.begin(), stripes_.end(), std::size_t{0},
                         [](std::size_t sum, const auto& stripe) {
                           const std::lock_guard lock(stripe->mutex);
                           return sum + stripe->table.size();
                         });
}

SharedAddressTable::Stripe& SharedAddressTable::stripe_of(const IpAddress& part) {
  return *stripes_[hash_of({part, 0}, seed_) % stripes];
}

}  // namespace parley
