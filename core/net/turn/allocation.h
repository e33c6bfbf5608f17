// What the server keeps for one client (RFC 8656 section 3.2), and all of them by number and by
// client.
//
// Thread-safety: none.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/base/slot_index.h"
#include "core/base/time.h"
#include "core/base/token_bucket.h"
#include "core/net/stun/integrity.h"
#include "core/net/turn/client.h"
#include "core/net/turn/peers.h"
#include "core/net/turn/relays.h"

namespace parley::turn {

using ReservationToken = std::array<std::uint8_t, 8>;  // RFC 8656 section 18.8

struct Allocation {
  // What each packet needs comes first.
  Client client;
  Timestamp expires;
  std::array<std::optional<RelayId>, 2> relays;  // by AddressFamily
  TokenBucket to_peers;
  TokenBucket to_client;
  Peers peers;

  Timestamp made;
  std::string username;
  std::string user;  // whose quota it counts against
  stun::PasswordAlgorithm algorithm = stun::PasswordAlgorithm::Md5;
  stun::LongTermKey key;
  // For a request that is sent again (RFC 8656 section 7.2).
  stun::TransactionId transaction{};
  Duration granted;
  std::optional<ReservationToken> token;
  std::optional<stun::ErrorCode> no_ipv6;  // why the additional family was refused

  std::optional<RelayId>& relay(AddressFamily family) {
    return relays[static_cast<std::size_t>(family)];
  }
  const std::optional<RelayId>& relay(AddressFamily family) const {
    return relays[static_cast<std::size_t>(family)];
  }
};

class Allocations {
 public:
  explicit Allocations(std::uint64_t hash_seed) : seed_(hash_seed) {}

  std::optional<Slot> find(const Client& client) const {
    return index_.find(hash_of(client, seed_),
                       [&](Slot slot) { return places_[slot]->client == client; });
  }

  // Precondition: the client has none.
  Slot add(const Client& client) {
    Slot slot = static_cast<Slot>(places_.size());
    if (free_.empty()) {
      places_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    places_[slot].emplace();
    places_[slot]->client = client;
    index_.insert(hash_of(client, seed_), slot);
    ++count_;
    return slot;
  }

  void remove(Slot slot) {
    index_.erase(hash_of(places_[slot]->client, seed_), slot);
    places_[slot].reset();
    free_.push_back(slot);
    --count_;
  }

  Allocation& at(Slot slot) { return *places_[slot]; }
  const Allocation& at(Slot slot) const { return *places_[slot]; }
  std::size_t count() const { return count_; }

 private:
  std::uint64_t seed_;
  SlotIndex index_;
  std::deque<std::optional<Allocation>> places_;
  std::vector<Slot> free_;
  std::size_t count_ = 0;
};

}  // namespace parley::turn
