#include "core/limits/address_table.h"

namespace parley {
namespace {

// For how long somebody with too many connections open should wait for one of them to end. Idle
// HTTP connections end after ten seconds.
constexpr Duration until_one_ends = Duration::seconds(10);

// Of SlotIndex.
constexpr std::size_t index_entry_bytes = 8;

constexpr std::size_t at(Held held) { return static_cast<std::size_t>(held); }
constexpr std::size_t at(Flow flow) { return static_cast<std::size_t>(flow); }

constexpr Flow flow_of(Held held) {
  return held == Held::Connections ? Flow::Connections : Flow::Websockets;
}

}  // namespace

AddressTable::AddressTable(std::size_t capacity, std::uint64_t seed)
    : capacity_(capacity), seed_(seed) {
  records_.reserve(capacity);
}

std::size_t AddressTable::memory_bytes(std::size_t capacity) {
  return capacity * (sizeof(Record) + 4 * index_entry_bytes);
}

std::optional<Denial> AddressTable::open(const IpAddress& address, Held held,
                                         const AddressLimits& limits, Timestamp now) {
  const auto slot = touch(address);
  if (!slot) return Denial{LimitReason::Addresses, until_one_ends};
  Record& record = records_[*slot];
  std::optional<Denial> denial;
  if (limits.most(held) != 0 && record.held[at(held)] >= limits.most(held)) {
    denial = Denial{reason_of(held), until_one_ends};
  } else if (const auto wait =
                 record.buckets[at(flow_of(held))].take(1, limits.rate(flow_of(held)), now)) {
    denial = Denial{reason_of(flow_of(held)), *wait};
  } else {
    ++record.held[at(held)];
  }
  settle(*slot);
  return denial;
}

void AddressTable::close(const IpAddress& address, Held held) {
  const auto slot = find(address);
  if (!slot) return;
  --records_[*slot].held[at(held)];
  settle(*slot);
}

std::optional<Denial> AddressTable::take(const IpAddress& address, Flow flow, std::uint32_t tokens,
                                         const AddressLimits& limits, Timestamp now) {
  const auto slot = touch(address);
  if (!slot) return Denial{LimitReason::Addresses, until_one_ends};
  const auto wait = records_[*slot].buckets[at(flow)].take(tokens, limits.rate(flow), now);
  settle(*slot);
  if (wait) return Denial{reason_of(flow), *wait};
  return std::nullopt;
}

std::optional<Slot> AddressTable::find(const IpAddress& address) const {
  return index_.find(hash(address), [&](Slot slot) { return records_[slot].address == address; });
}

std::optional<Slot> AddressTable::touch(const IpAddress& address) {
  if (const auto found = find(address)) {
    if (records_[*found].is_idle()) unlink(*found);
    return found;
  }
  const auto slot = make_place();
  if (!slot) return std::nullopt;
  records_[*slot] = Record();
  records_[*slot].address = address;
  index_.insert(hash(address), *slot);
  return slot;
}

std::optional<Slot> AddressTable::make_place() {
  if (records_.size() < capacity_) {
    records_.emplace_back();
    return static_cast<Slot>(records_.size() - 1);
  }
  if (oldest_ == none) return std::nullopt;
  const Slot slot = oldest_;
  unlink(slot);
  index_.erase(hash(records_[slot].address), slot);
  return slot;
}

void AddressTable::settle(Slot slot) {
  Record& record = records_[slot];
  if (!record.is_idle()) return;
  record.older = newest_;
  record.newer = none;
  if (newest_ != none) records_[newest_].newer = slot;
  newest_ = slot;
  if (oldest_ == none) oldest_ = slot;
}

void AddressTable::unlink(Slot slot) {
  const Record& record = records_[slot];
  (record.older == none ? oldest_ : records_[record.older].newer) = record.newer;
  (record.newer == none ? newest_ : records_[record.newer].older) = record.older;
}

}  // namespace parley
