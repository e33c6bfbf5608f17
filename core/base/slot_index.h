// From a key to the number of the place that its owner keeps in a vector: a hash table of eight
// bytes an entry with linear probing, at most half full, so that a look-up touches one cache line
// of the table.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace parley {

using Slot = std::uint32_t;

// Keys stay with their owner: Owns(slot) tells whether `slot` is the one that is looked for.
class SlotIndex {
 public:
  template <class Owns>
  std::optional<Slot> find(std::uint64_t hash, Owns owns) const {
    if (entries_.empty()) return std::nullopt;
    const auto tag = tag_of(hash);
    for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
      const Entry& entry = entries_[at];
      if (entry.tag == 0) return std::nullopt;
      if (entry.tag == tag && owns(entry.slot)) return entry.slot;
    }
  }

  // Precondition: it is not there yet.
  void insert(std::uint64_t hash, Slot slot) {
    if (2 * (count_ + 1) > entries_.size()) grow();
    place({tag_of(hash), slot}, hash & mask());
    ++count_;
  }

  // Precondition: it is there.
  void erase(std::uint64_t hash, Slot slot) {
    std::size_t hole = hash & mask();
    while (entries_[hole].slot != slot || entries_[hole].tag != tag_of(hash)) {
      hole = (hole + 1) & mask();
    }
    // Moves back what came to lie behind the hole only because the hole was taken.
    for (std::size_t at = (hole + 1) & mask(); entries_[at].tag != 0; at = (at + 1) & mask()) {
      const std::size_t home = home_of(entries_[at]);
      if (((at - home) & mask()) < ((at - hole) & mask())) continue;
      entries_[hole] = entries_[at];
      hole = at;
    }
    entries_[hole] = {};
    --count_;
  }

 private:
  struct Entry {
    std::uint32_t tag = 0;  // 0: free
    Slot slot = 0;
  };

  // The tag holds the hash's low bits, where the entry belongs in a table of any size so far.
  static constexpr std::uint32_t used = 1U << 31;
  static std::uint32_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash) | used;
  }
  std::size_t mask() const { return entries_.size() - 1; }
  std::size_t home_of(const Entry& entry) const { return entry.tag & ~used & mask(); }

  void place(Entry entry, std::size_t at) {
    while (entries_[at].tag != 0) at = (at + 1) & mask();
    entries_[at] = entry;
  }

  void grow() {
    constexpr std::size_t smallest = 16;
    std::vector<Entry> old(entries_.empty() ? smallest : 2 * entries_.size());
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.tag != 0) place(entry, home_of(entry));
    }
  }

  std::vector<Entry> entries_;  // a power of two, below 2^31
  std::size_t count_ = 0;
};

}  // namespace parley
