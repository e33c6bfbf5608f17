#include "tests/netlab/forwarder/network.h"

#include <algorithm>

#include "core/base/random.h"

namespace parley::netlab {

Network::Network(const std::vector<LinkPlan>& plan, std::uint64_t seed) {
  Random seeds(seed);
  for (const auto& [name, addresses] : plan) {
    // Named, because the order in which arguments are evaluated is the compiler's.
    const auto up = seeds.next();
    const auto down = seeds.next();
    links_.push_back({name, addresses, Channel(up), Channel(down)});
  }
}

std::optional<LinkIndex> Network::find(std::string_view name) const {
  const auto found = std::ranges::find(links_, name, &Link::name);
  if (found == links_.end()) return std::nullopt;
  return static_cast<LinkIndex>(found - links_.begin());
}

const Channel& Network::channel(LinkIndex link, Direction direction) const {
  return direction == Direction::Up ? links_[link].up : links_[link].down;
}

Channel& Network::at(LinkIndex link, Direction direction) {
  return direction == Direction::Up ? links_[link].up : links_[link].down;
}

void Network::set(LinkIndex link, Direction direction, const Conditions& conditions) {
  at(link, direction).set(conditions);
}

void Network::received(LinkIndex link, Packet packet, Timestamp now) {
  links_[link].up.offer(std::move(packet), now);
}

std::optional<std::pair<LinkIndex, Direction>> Network::first_due() const {
  std::optional<std::pair<LinkIndex, Direction>> first;
  std::optional<Timestamp> earliest;
  for (LinkIndex link = 0; link < links_.size(); ++link) {
    for (const auto direction : {Direction::Up, Direction::Down}) {
      const auto due = channel(link, direction).next_due();
      if (!due || (earliest && *earliest <= *due)) continue;
      earliest = due;
      first.emplace(link, direction);
    }
  }
  return first;
}

std::optional<Timestamp> Network::next_due() const {
  const auto first = first_due();
  return first ? channel(first->first, first->second).next_due() : std::nullopt;
}

std::optional<Delivery> Network::take_due(Timestamp now) {
  while (const auto first = first_due()) {
    const auto& [link, direction] = *first;
    auto& channel = at(link, direction);
    const auto due = *channel.next_due();
    if (due > now) break;
    auto packet = channel.take();
    if (direction == Direction::Down) return Delivery{link, std::move(packet)};
    // From when it was due, so that a late call of this function delays nothing twice.
    route(link, std::move(packet), due);
  }
  return std::nullopt;
}

void Network::route(LinkIndex from, Packet packet, Timestamp at) {
  const auto destination = destination_of(packet);
  const auto found = std::ranges::find_if(links_, [&](const Link& link) {
    return destination && link.addresses.contains(*destination);
  });
  if (found == links_.end()) {
    ++unrouted_;
    return;
  }
  const auto to = static_cast<LinkIndex>(found - links_.begin());
  if (blocked_.contains({from, to})) {
    ++blocked_packets_;
    return;
  }
  found->down.offer(std::move(packet), at);
}

}  // namespace parley::netlab
