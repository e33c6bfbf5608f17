// A network of links around one router: what comes up a link goes down the link its destination
// belongs to. No I/O and no clock: packets in, packets out at a time.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/netlab/forwarder/channel.h"

namespace parley::netlab {

// Up: from the participant into the network.
enum class Direction : std::uint8_t { Up, Down };

using LinkIndex = std::size_t;

struct LinkPlan {
  std::string name;
  Prefix addresses;
};

struct Delivery {
  LinkIndex link;
  Packet packet;
};

class Network {
 public:
  // Two networks of one seed lose the same packets if they are fed the same.
  Network(const std::vector<LinkPlan>& plan, std::uint64_t seed);

  std::optional<LinkIndex> find(std::string_view name) const;
  std::size_t size() const { return links_.size(); }
  const std::string& name(LinkIndex link) const { return links_[link].name; }
  const Channel& channel(LinkIndex link, Direction direction) const;
  void set(LinkIndex link, Direction direction, const Conditions& conditions);

  // Drops what comes up `from` and would go down `to`, until unblocked; the way back stays open.
  void block(LinkIndex from, LinkIndex to) { blocked_.emplace(from, to); }
  void unblock(LinkIndex from, LinkIndex to) { blocked_.erase({from, to}); }

  // A participant sent `packet` into its link.
  void received(LinkIndex link, Packet packet, Timestamp now);
  // The next packet that has reached its participant by `now`; nothing when there is none (any
  // more).
  std::optional<Delivery> take_due(Timestamp now);
  // When take_due has to be called the next time.
  std::optional<Timestamp> next_due() const;

  // Packets that no link was for, or that were blocked.
  std::uint64_t unrouted() const { return unrouted_; }
  std::uint64_t blocked() const { return blocked_packets_; }

 private:
  struct Link {
    std::string name;
    Prefix addresses;
    Channel up;
    Channel down;
  };

  // The channel whose next packet is due first.
  std::optional<std::pair<LinkIndex, Direction>> first_due() const;
  Channel& at(LinkIndex link, Direction direction);
  void route(LinkIndex from, Packet packet, Timestamp at);

  std::vector<Link> links_;
  std::set<std::pair<LinkIndex, LinkIndex>> blocked_;
  std::uint64_t unrouted_ = 0;
  std::uint64_t blocked_packets_ = 0;
};

}  // namespace parley::netlab
