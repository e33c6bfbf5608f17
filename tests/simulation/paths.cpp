#include "tests/simulation/paths.h"

#include <algorithm>
#include <utility>

namespace parley::simulation {
namespace {

// The tab of the peer connection with this id; nothing when that is closed.
const Tab* owner_of(const std::string& id, const Paths::Tabs& tabs) {
  const auto found = std::find_if(tabs.begin(), tabs.end(), [&](const Tab& tab) {
    return std::any_of(tab.connections.begin(), tab.connections.end(),
                       [&](const auto& entry) { return entry.second.id() == id; });
  });
  return found == tabs.end() ? nullptr : &*found;
}

bool can_connect(const FakePeerConnection& connection, const Paths::Tabs& tabs) {
  return std::any_of(tabs.begin(), tabs.end(), [&](const Tab& tab) {
    return std::any_of(tab.connections.begin(), tab.connections.end(), [&](const auto& entry) {
      return FakePeerConnection::can_connect(connection, entry.second);
    });
  });
}

}  // namespace

void Paths::break_between(const Tab& one, const Tab& other) {
  for (const auto& [link, connection] : one.connections) {
    for (const auto& [other_link, other_connection] : other.connections) {
      if (!FakePeerConnection::can_connect(connection, other_connection)) continue;
      broken_.insert(connection.generations());
      broken_.insert(other_connection.generations());
    }
  }
}

void Paths::set_unreachable(std::set<int> tabs) {
  unreachable_ = std::move(tabs);
  // What was about to be noticed is another thing now.
  due_.clear();
}

bool Paths::is_lost(const Tabs& tabs, const Tab& tab, const FakePeerConnection& connection) const {
  if (broken_.contains(connection.generations())) return true;
  const auto other = connection.other_id();
  if (other.empty()) return false;
  const auto* const owner = owner_of(other, tabs);
  return !owner || unreachable_.contains(tab.number) || unreachable_.contains(owner->number);
}

std::optional<Paths::Reception> Paths::next_reception(const Tabs& tabs, const Tab& tab,
                                                      const FakePeerConnection& connection) const {
  if (connection.path() != PathState::Connected) return std::nullopt;
  if (connection.reception() == Reception::Unwatched) return std::nullopt;
  const bool is_lost = this->is_lost(tabs, tab, connection);
  if (connection.reception() == Reception::Heard && is_lost) return Reception::Silent;
  if (connection.reception() == Reception::Silent && !is_lost) return Reception::Heard;
  return std::nullopt;
}

std::optional<PathState> Paths::next_path(const Tabs& tabs, const Tab& tab,
                                          const FakePeerConnection& connection) const {
  const bool is_lost = this->is_lost(tabs, tab, connection);
  // RFC 8445 section 2.4: after an ICE restart the path before it stays in use until there is a new
  // one; where candidates got lost there never is, and the browser gives up in the end.
  const bool connects = can_connect(connection, tabs);
  const bool never_connects = connection.is_stable() && !connects;
  switch (connection.path()) {
    case PathState::Connected:
      return is_lost || never_connects ? std::optional(PathState::Disconnected) : std::nullopt;
    case PathState::Disconnected:
      if (is_lost || never_connects) return PathState::Failed;
      break;
    default:
      break;
  }
  if (!is_lost && connects) return PathState::Connected;
  return std::nullopt;
}

void Paths::gave_up(const Tabs& tabs, const Tab& tab, const FakePeerConnection& connection) {
  if (!is_lost(tabs, tab, connection)) return;
  broken_.insert(connection.generations());
  broken_.insert(connection.generations_at_other_end());
}

}  // namespace parley::simulation
