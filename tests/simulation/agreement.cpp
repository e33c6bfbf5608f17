// What must hold when a call has had the time to settle.
#include <set>

#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {
bool are_connected(const Tab& one, const Tab& other) {
  for (const auto& [link, connection] : one.connections) {
    for (const auto& [other_link, other_connection] : other.connections) {
      if (connection.path() == PathState::Connected &&
          other_connection.path() == PathState::Connected &&
          FakePeerConnection::can_connect(connection, other_connection)) {
        return true;
      }
    }
  }
  return false;
}

// Where a page that is in the room sees its hosts, its door or those who wait otherwise than the
// server does.
std::optional<std::string> disagreement_about_admission(const Tab& tab, const Room& room) {
  const auto& view = tab.call.view();
  std::set<ParticipantId> hosts;
  if (view.self.role == Role::Host) hosts.insert(*view.self.id);
  for (const auto& each : view.participants) {
    if (each.role == Role::Host) hosts.insert(each.id);
  }
  const auto true_hosts = room.hosts();
  if (true_hosts.empty()) return "the room has no host";
  if (hosts != std::set<ParticipantId>(true_hosts.begin(), true_hosts.end())) {
    return tab.name + " sees other hosts than there are";
  }
  if (view.settings != room.settings()) return tab.name + " knows other settings than the room's";
  const auto visible = view.self.role == Role::Host ? room.waiting() : 0;
  if (view.queue.size() != visible) return tab.name + " sees another queue than there is";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> World::disagreement() const {
  std::set<ParticipantId> there;
  std::size_t waiting = 0;
  for (const auto& tab : tabs_) {
    const auto& view = tab.call.view();
    if (!tab.is_gone && view.self.id) there.insert(*view.self.id);
    if (!tab.is_gone && view.admission) ++waiting;
  }
  if (server_.room().waiting() != waiting) {
    return "the room lets " + std::to_string(server_.room().waiting()) + " wait, " +
           std::to_string(waiting) + " do";
  }
  if (waiting > 0 && there.empty()) return "somebody waits for nobody";
  if (server_.room().size() != there.size()) {
    return "the room holds " + std::to_string(server_.room().size()) + ", in the call are " +
           std::to_string(there.size());
  }
  for (const auto& tab : tabs_) {
    const auto& view = tab.call.view();
    const bool is_over = view.state == CallState::Ended || view.state == CallState::Failed ||
                         view.state == CallState::Idle;
    if (tab.is_gone || is_over) continue;
    if (view.admission && view.state == CallState::Joining) continue;
    const auto expected = there.size() == 1 ? CallState::Waiting : CallState::Connected;
    if (view.state != expected) {
      return tab.name + " is " + std::string(name_of(view.state)) + ", not " +
             std::string(name_of(expected));
    }
    if (const auto wrong = tab.devices.disagreement(view.self.media)) {
      return tab.name + " " + *wrong;
    }
    if (auto wrong = disagreement_about_admission(tab, server_.room())) return wrong;
    for (const auto& [link, connection] : tab.connections) {
      if (!connection.has_good_credentials(now_)) {
        return connection.id() + " of " + tab.name + " is left with expired credentials";
      }
    }
    std::set<ParticipantId> seen{*view.self.id};
    for (const auto& participant : view.participants) seen.insert(participant.id);
    if (seen != there) return tab.name + " sees others than there are";
    for (const auto& other : tabs_) {
      if (other.number == tab.number || other.is_gone || !other.call.view().self.id) continue;
      if (!are_connected(tab, other)) return "no path between " + tab.name + " and " + other.name;
    }
  }
  return std::nullopt;
}

std::optional<std::string> World::surplus() const {
  for (const auto& tab : tabs_) {
    const auto others = tab.call.view().participants.size();
    if (!tab.is_gone && others > 0 && tab.connections.size() != others) {
      return tab.name + " keeps " + std::to_string(tab.connections.size()) + " connections to " +
             std::to_string(others);
    }
  }
  return std::nullopt;
}

}  // namespace parley::simulation
