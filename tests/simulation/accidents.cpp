// What people and accidents do to the world.
#include <utility>

#include "tests/simulation/world.h"

namespace parley::simulation {
namespace {

// The server pings a silent connection and drops it before it has heard nothing for 15 s; when it
// was heard last, at most 7.5 s ago, it knew nothing of the loss.
constexpr Duration least_heartbeat_patience = Duration::milliseconds(3'750);
constexpr Duration heartbeat_patience = Duration::seconds(15);

}  // namespace

std::size_t World::add_tab(std::string name, std::optional<Resume> ticket, bool is_recorded) {
  const CallOptions options{static_cast<std::int64_t>(random_.below(std::uint64_t{1'000'000})),
                            ClientName("sim")};
  Tab tab;
  tab.number = static_cast<int>(tabs_.size());
  tab.name = std::move(name);
  tab.call = Call(options);
  if (is_recorded) tab.journal.emplace(to_json(options));
  tab.ticket = std::move(ticket);
  tabs_.push_back(std::move(tab));
  return tabs_.size() - 1;
}

void World::feed(std::size_t tab, const Input& input) { tabs_[tab].feed(*this, input, now_); }

void World::close_tab(std::size_t number, bool says_leave) {
  auto& tab = tabs_[number];
  if (says_leave) tab.feed(*this, input::LeaveRoom{}, now_);
  tab.is_gone = true;
  tab.connections.clear();
  tab.steps.clear();
  tab.media.clear();
  for (auto& socket : tab.sockets) {
    socket.is_closing = true;
    socket.down.clear();
  }
}

void World::jump_clock(std::size_t number, Duration by) {
  auto& tab = tabs_[number];
  tab.clock_ahead = tab.clock_ahead + by;
}

void World::put_to_sleep(std::size_t number, Duration nap, bool timer_first) {
  tabs_[number].nap = {now_ + nap, timer_first};
  // The server drops who says nothing, and the paths end when nobody consents to them any more
  // (RFC 7675).
  if (nap < heartbeat_patience) return;
  lose_socket(number, Duration());
  for (std::size_t other = 0; other < tabs_.size(); ++other) {
    if (other != number) break_path(number, other);
  }
}

void World::break_path(std::size_t one, std::size_t other) {
  paths_.break_between(tabs_[one], tabs_[other]);
}

// --- Sockets -----------------------------------------------------------------------------------

void World::drop_socket(std::size_t number) {
  for (auto& socket : tabs_[number].sockets) {
    kill(socket, later(delays_.network), later(delays_.network));
  }
}

void World::lose_socket(std::size_t number, std::optional<Duration> told_after) {
  for (auto& socket : tabs_[number].sockets) {
    kill(socket, told_after ? std::optional(now_ + *told_after) : std::nullopt, server_notices());
  }
}

Timestamp World::server_notices() {
  return later(heartbeat_patience - least_heartbeat_patience) + least_heartbeat_patience;
}

void World::kill(Socket& socket, std::optional<Timestamp> page_is_told, Timestamp server_notices) {
  if (socket.line == Socket::Line::Dead) return;
  socket.die();
  if (page_is_told && !socket.is_closing) {
    append(socket.down, *page_is_told, SocketEvent(Closed{1006}));
  }
  if (socket.connection != 0) socket.server_notices = server_notices;
}

// There is no server behind it: the page is told when it next hears of anything at all.
void World::refuse(Socket& socket) {
  socket.connection = 0;
  socket.server_notices.reset();
  socket.up.clear();
  if (socket.is_closing || socket.line == Socket::Line::Dead) return;
  socket.down.clear();
  append(socket.down, later(delays_.network), SocketEvent(Closed{1006}));
}

void World::restart_server(Duration outage) {
  server_.restart(now_ + outage);
  for (auto& tab : tabs_) {
    for (auto& socket : tab.sockets) refuse(socket);
  }
}

// --- Partitions --------------------------------------------------------------------------------

void World::cut_off(std::set<int> tabs, bool from_server, bool from_peers, Duration duration) {
  partitions_.push_back({std::move(tabs), from_server, from_peers, now_, now_ + duration});
  for (auto& tab : tabs_) {
    if (!is_cut_off(tab.number)) continue;
    for (auto& socket : tab.sockets) {
      if (socket.line != Socket::Line::Open) continue;
      socket.hold();
      if (socket.connection != 0) socket.server_notices = server_notices();
    }
  }
  if (from_peers) share_out_reachability();
}

bool World::is_cut_off(int tab) const {
  return std::any_of(partitions_.begin(), partitions_.end(), [&](const Partition& each) {
    return each.from_server && each.tabs.contains(tab);
  });
}

void World::share_out_reachability() {
  std::set<int> unreachable;
  for (const auto& each : partitions_) {
    if (each.from_peers) unreachable.insert(each.tabs.begin(), each.tabs.end());
  }
  paths_.set_unreachable(std::move(unreachable));
}

void World::take_heal() {
  const auto ends = std::ranges::min_element(partitions_, {}, &Partition::until);
  const auto healed = std::move(*ends);
  partitions_.erase(ends);
  if (healed.from_peers) share_out_reachability();
  // RFC 6298 section 5.5: TCP waits twice as long after each attempt, so that it comes back late by
  // as much as it was away.
  constexpr auto longest_wait = Duration::seconds(8);
  const auto wait = std::min(healed.until - healed.began, longest_wait);
  for (auto& tab : tabs_) {
    if (!healed.tabs.contains(tab.number) || is_cut_off(tab.number)) continue;
    for (auto& socket : tab.sockets) socket.flow(later(wait));
  }
}

}  // namespace parley::simulation
