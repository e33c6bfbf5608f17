// A place that an address holds in the table of addresses, given back when the lease ends.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "server/limits/policy.h"
#include "server/limits/shared_address_table.h"

namespace parley {

// Thread-safety: none; may be moved to another thread.
class AddressLease {
 public:
  // Of an address without limits of its own.
  AddressLease() = default;

  AddressLease(AddressLease&& other) noexcept
      : table_(std::exchange(other.table_, nullptr)),
        address_(other.address_),
        held_(other.held_) {}
  AddressLease& operator=(AddressLease&& other) noexcept {
    std::swap(table_, other.table_);
    std::swap(address_, other.address_);
    std::swap(held_, other.held_);
    return *this;
  }
  ~AddressLease() {
    if (table_ != nullptr) table_->close(address_, held_);
  }

  // `table` must outlive the lease.
  static std::variant<AddressLease, Denial> take(SharedAddressTable& table,
                                                 const IpAddress& address, Held held,
                                                 const Policy& policy, Timestamp now);

  // Takes from the address's bucket of `flow`, if the address has limits.
  std::optional<Denial> draw(Flow flow, std::uint32_t tokens, const Policy& policy,
                             Timestamp now) const {
    if (table_ == nullptr) return std::nullopt;
    return table_->take(address_, flow, tokens, policy.address, now);
  }

  // Nothing where it has no limits of its own.
  std::optional<IpAddress> address() const {
    return table_ == nullptr ? std::nullopt : std::optional(address_);
  }

 private:
  AddressLease(SharedAddressTable& table, const IpAddress& address, Held held)
      : table_(&table), address_(address), held_(held) {}

  SharedAddressTable* table_ = nullptr;
  IpAddress address_;
  Held held_ = Held::Connections;
};

// Takes one from the bucket of `flow` of `address`, if that has limits: for what is over at once,
// such as a request. Any thread.
std::optional<Denial> take_one(SharedAddressTable& table, const IpAddress& address, Flow flow,
                               const Policy& policy, Timestamp now);

}  // namespace parley
