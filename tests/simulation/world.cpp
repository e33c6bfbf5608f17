// What happens by itself, and in which order. What is done to the world is in accidents.cpp.
#include "tests/simulation/world.h"

#include <algorithm>
#include <utility>

#include "core/base/json_codec.h"

namespace parley::simulation {

World::World(std::uint64_t seed, Delays delays) : random_(seed), delays_(delays) {}

void World::violation(std::string what) {
  if (!violation_) violation_ = std::move(what);
}

// --- The wire ----------------------------------------------------------------------------------

void World::connect(int tab, SocketId id) {
  auto& socket = tabs_[static_cast<std::size_t>(tab)].sockets.emplace_back();
  socket.id = id;
  if (is_cut_off(tab)) socket.hold();
  if (!server_.is_up(now_)) return refuse(socket);
  socket.connection = server_.accept();
  // A socket opens after a round trip.
  append(socket.down, later(delays_.network) + random_.below(delays_.network),
         SocketEvent(Opened{}));
}

void World::send_down(ConnectionId connection, SocketEvent event) {
  auto* const socket = socket_of(connection);
  if (!socket || socket->is_closing || socket->line == Socket::Line::Dead) return;
  append(socket->down, later(delays_.network), std::move(event));
}

Socket* World::socket_of(ConnectionId connection) {
  for (auto& tab : tabs_) {
    if (auto* const socket = tab.socket_of(connection)) return socket;
  }
  return nullptr;
}

// --- What can happen ---------------------------------------------------------------------------

std::vector<Choice> World::choices(bool with_time) const {
  std::vector<Choice> all;
  for (std::size_t number = 0; number < tabs_.size(); ++number) {
    add_choices_of(number, with_time, all);
  }
  if (!with_time) return all;
  if (const auto timeout = server_.next_timeout()) {
    all.push_back({Choice::Kind::RoomTick, 0, 0, {}, *timeout});
  }
  for (const auto& partition : partitions_) {
    all.push_back({Choice::Kind::Heal, 0, 0, {}, partition.until});
  }
  return all;
}

void World::add_choices_of(std::size_t number, bool with_time, std::vector<Choice>& all) const {
  const auto& tab = tabs_[number];
  const auto awake = [&](Timestamp at) { return tab.nap.delay(at, false); };
  for (std::size_t index = 0; index < tab.sockets.size(); ++index) {
    const auto& socket = tab.sockets[index];
    const auto add = [&](Choice::Kind kind, Timestamp at) {
      all.push_back({kind, number, index, {}, at});
    };
    if (socket.is_spent()) add(Choice::Kind::Up, now_);
    if (socket.server_notices) add(Choice::Kind::Heartbeat, *socket.server_notices);
    if (socket.line == Socket::Line::Held) continue;
    if (!socket.up.empty()) add(Choice::Kind::Up, socket.up.front().at);
    if (!socket.down.empty()) add(Choice::Kind::Down, awake(socket.down.front().at));
  }
  if (tab.is_gone) return;
  for (const auto& [link, queue] : tab.steps) {
    if (!queue.empty()) {
      all.push_back({Choice::Kind::Link, number, 0, link, awake(queue.front().at)});
    }
  }
  if (!tab.media.empty()) {
    all.push_back({Choice::Kind::Media, number, 0, {}, awake(tab.media.front().at)});
  }
  for (const auto& [link, connection] : tab.connections) {
    if (const auto next = paths_.next_path(tabs_, tab, connection)) {
      const auto at = awake(paths_.due(connection, *next, now_));
      all.push_back({Choice::Kind::Path, number, 0, link, at});
    }
    if (const auto next = paths_.next_reception(tabs_, tab, connection)) {
      const auto at = awake(paths_.due(connection, *next, now_));
      all.push_back({Choice::Kind::Reception, number, 0, link, at});
    }
  }
  if (!with_time) return;
  if (const auto timeout = tab.next_timeout()) {
    all.push_back({Choice::Kind::Tick, number, 0, {}, *timeout});
  }
}

bool World::commutes(const Choice& choice) const {
  const auto& tab = tabs_[choice.tab];
  if (choice.kind == Choice::Kind::Up) {
    const auto& up = tab.sockets[choice.socket].up;
    return !up.empty() && up.front().what.starts_with("{\"type\":\"signal\"");
  }
  if (choice.kind == Choice::Kind::Link) {
    const auto& step = tab.steps.at(choice.link).front().what;
    return std::holds_alternative<output::AddCandidate>(step);
  }
  return false;
}

// --- What happens ------------------------------------------------------------------------------

bool World::take_next(Timestamp end) {
  const auto all = choices(true);
  const auto next = std::ranges::min_element(all, {}, &Choice::at);
  if (next == all.end() || next->at > end) return false;
  advance_to(next->at);
  take(*next);
  return true;
}

void World::take(const Choice& choice) {
  auto& tab = tabs_[choice.tab];
  switch (choice.kind) {
    case Choice::Kind::Up:
      return take_up(choice);
    case Choice::Kind::Down:
      if (!tab.is_gone) return tab.step_down(*this, choice.socket, now_);
      tab.sockets[choice.socket].down.clear();
      return;
    case Choice::Kind::Link:
      return tab.step_link(*this, choice.link, now_);
    case Choice::Kind::Media:
      return tab.step_media(*this, now_);
    case Choice::Kind::Path:
      return take_path(choice);
    case Choice::Kind::Reception:
      return take_reception(choice);
    case Choice::Kind::Tick:
      return feed(choice.tab, input::Tick{});
    case Choice::Kind::RoomTick:
      return server_.tick(*this, now_);
    case Choice::Kind::Heartbeat:
      return take_heartbeat(choice);
    case Choice::Kind::Heal:
      return take_heal();
  }
}

void World::take_up(const Choice& choice) {
  auto& sockets = tabs_[choice.tab].sockets;
  auto& socket = sockets[choice.socket];
  const auto connection = socket.connection;
  if (socket.is_spent()) {
    const bool is_heard = socket.line != Socket::Line::Dead;
    sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(choice.socket));
    if (is_heard) server_.lost(*this, connection, now_);
    return;
  }
  const auto text = std::move(socket.up.front().what);
  socket.up.pop_front();
  server_.received(*this, connection, text, now_);
}

void World::take_heartbeat(const Choice& choice) {
  auto& socket = tabs_[choice.tab].sockets[choice.socket];
  socket.server_notices.reset();
  // What it says to the page before it closes arrives where anything does.
  send_down(socket.connection, Closed{1006});
  socket.up.clear();
  server_.lost(*this, socket.connection, now_);
}

void World::take_path(const Choice& choice) {
  const auto& tab = tabs_[choice.tab];
  auto& connection = tabs_[choice.tab].connections.at(choice.link);
  const auto next = *paths_.next_path(tabs_, tab, connection);
  // Consent freshness (RFC 7675) takes some seconds to notice a loss.
  const auto notice = next == PathState::Connected ? Duration() : Duration::seconds(3);
  const auto draw = [&] { return later_for_path(notice); };
  if (!paths_.take_due(connection, next, draw, now_)) return;
  if (next == PathState::Failed) paths_.gave_up(tabs_, tab, connection);
  connection.set_path(next);
  feed(choice.tab, input::LinkPath{choice.link, next});
}

void World::take_reception(const Choice& choice) {
  using Reception = FakePeerConnection::Reception;
  auto& connection = tabs_[choice.tab].connections.at(choice.link);
  const auto next = *paths_.next_reception(tabs_, tabs_[choice.tab], connection);
  const auto draw = [&] { return later_for_path(RecoveryPolicy().silent_after); };
  if (!paths_.take_due(connection, next, draw, now_)) return;
  connection.set_reception(next);
  if (next == Reception::Silent) {
    feed(choice.tab, input::LinkSilent{choice.link});
  } else {
    feed(choice.tab, input::LinkHeard{choice.link});
  }
}

// In a world without delays, where the order is chosen from outside, everything is due at once.
Timestamp World::later_for_path(Duration notice) {
  return delays_.path == Duration() ? now_ : later(delays_.path + notice);
}

std::string World::fingerprint() const {
  JsonWriter writer;
  writer.begin_array();
  encode_value(writer, tabs_);
  encode_value(writer, server_);
  for (const auto& pair : paths_.broken()) writer.string(pair);
  writer.end_array();
  return writer.take();
}

}  // namespace parley::simulation
