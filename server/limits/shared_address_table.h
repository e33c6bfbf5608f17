// The limits of addresses over all shards.
//
// One table for all shards, in stripes with a lock each, and not one per shard: then an address
// would have its limits as many times as there are shards, or its connections would have to be
// moved to one. What is counted here is rare (connections, requests, joins, rooms; messages in
// portions, see core/limits/message_budget.h), so that the locks cost a relayed message a few
// nanoseconds.
//
// Thread-safety: any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/limits/address_table.h"

namespace parley {

class SharedAddressTable {
 public:
  // Addresses that are remembered at a time: several for each connection that a server holds, and 8
  // MiB at most; see AddressTable::memory_bytes().
  static constexpr std::size_t capacity = 65'536;

  SharedAddressTable();

  // As AddressTable's, for addresses of any form.
  std::optional<Denial> open(const IpAddress& address, Held held, const AddressLimits& limits,
                             Timestamp now);
  void close(const IpAddress& address, Held held);
  std::optional<Denial> take(const IpAddress& address, Flow flow, std::uint32_t tokens,
                             const AddressLimits& limits, Timestamp now);

  // Addresses that are remembered.
  std::size_t size() const;

 private:
  static constexpr std::size_t stripes = 16;

  struct Stripe {
    explicit Stripe(std::uint64_t seed) : table(capacity / stripes, seed) {}
    mutable std::mutex mutex;
    AddressTable table;
  };

  Stripe& stripe_of(const IpAddress& part);

  std::uint64_t seed_;
  std::vector<std::unique_ptr<Stripe>> stripes_;
};

}  // namespace parley
