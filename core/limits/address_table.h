// What each address holds and has used of late, for a bounded number of addresses. When there is no
// place for another one, the address that was quiet for longest is forgotten; one with a connection
// open never is. To be forgotten is no harm: an address that comes back starts with full buckets.
//
// Thread-safety: none.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/slot_index.h"
#include "core/limits/limits.h"
#include "core/net/address.h"

namespace parley {

// By what limits know a client: an IPv4 address as it is, of an IPv6 address its /64.
constexpr IpAddress limited_part(const IpAddress& address) {
  return address.family() == AddressFamily::Ipv4 ? address : IpAddress::ipv6(address.high(), 0);
}

class AddressTable {
 public:
  // At most `capacity` addresses. `seed` is drawn by the host, so that nobody can choose addresses
  // that collide.
  AddressTable(std::size_t capacity, std::uint64_t seed);

  // Addresses are as limited_part() yields them.

  // Takes one place of `held`, to be given back by close().
  std::optional<Denial> open(const IpAddress& address, Held held, const AddressLimits& limits,
                             Timestamp now);
  // Precondition: open() succeeded before.
  void close(const IpAddress& address, Held held);

  std::optional<Denial> take(const IpAddress& address, Flow flow, std::uint32_t tokens,
                             const AddressLimits& limits, Timestamp now);

  std::size_t size() const { return records_.size(); }

  // The most memory that `capacity` addresses take: a record each, and an index at most half full
  // whose size is a power of two.
  static std::size_t memory_bytes(std::size_t capacity);

 private:
  static constexpr Slot none = ~Slot{0};

  struct Record {
    IpAddress address;
    std::array<std::uint32_t, 2> held{};
    std::array<TokenBucket, 7> buckets;
    // The neighbours in the order of the last use, while it is idle. The others are in no order:
    // they are not to be forgotten.
    Slot older = none;
    Slot newer = none;

    bool is_idle() const { return held[0] == 0 && held[1] == 0; }
  };

  std::uint64_t hash(const IpAddress& address) const { return hash_of({address, 0}, seed_); }
  std::optional<Slot> find(const IpAddress& address) const;
  // The record of `address`, made where there is none, out of the order. Nothing when every place
  // is taken.
  std::optional<Slot> touch(const IpAddress& address);
  // Puts an idle record into the order again, as the newest.
  void settle(Slot slot);
  std::optional<Slot> make_place();
  void unlink(Slot slot);

  std::size_t capacity_;
  std::uint64_t seed_;
  std::vector<Record> records_;
  SlotIndex index_;
  Slot oldest_ = none;  // of the idle ones
  Slot newest_ = none;
};

}  // namespace parley
