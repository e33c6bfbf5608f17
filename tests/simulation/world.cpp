#include "tests/simulation/world.h"

#include <algorithm>
#include <utility>

#include "core/base/json_codec.h"

namespace parley::simulation {
namespace {

const RoomId the_room{"simulated"};

}  // namespace

World::World(std::uint64_t seed, Delays delays)
    : room_(the_room, RoomOptions{}), random_(seed), delays_(delays) {}

// --- What people and accidents do --------------------------------------------------------------

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
  for (auto& socket : tab.sockets) socket.is_closing = true;
}

void World::put_to_sleep(std::size_t number, Duration nap, bool timer_first) {
  tabs_[number].nap = {now_ + nap, timer_first};
  // The server drops who says nothing, and the paths end when nobody consents to them any more
  // (RFC 7675).
  constexpr auto patience = Duration::seconds(15);
  if (nap < patience) return;
  drop_socket(number);
  for (std::size_t other = 0; other < tabs_.size(); ++other) {
    if (other != number) break_path(number, other);
  }
}

void World::drop_socket(std::size_t number) {
  for (auto& socket : tabs_[number].sockets) {
    if (socket.is_closing) continue;
    if (server_side_.erase(socket.connection) > 0) {
      room_.handle(room_input::Disconnected{socket.connection}, now_);
      carry_out_room();
    }
    cut(socket);
  }
}

void World::cut(Socket& socket) {
  socket.up.clear();
  socket.down.clear();
  socket.down.push_back({later(delays_.network), SocketEvent(Closed{1006})});
  socket.connection = 0;
}

void World::restart_server(Duration outage) {
  // More arrivals than any life of a simulated room has.
  constexpr std::uint32_t arrivals_of_a_life = 1000;
  RoomOptions options;
  options.arrivals_after = Arrival(++last_life_ * arrivals_of_a_life);
  room_ = Room(the_room, options);
  server_side_.clear();
  server_is_back_ = now_ + outage;
  for (auto& tab : tabs_) {
    for (auto& socket : tab.sockets) {
      if (!socket.is_closing) cut(socket);
    }
  }
}

void World::break_path(std::size_t one, std::size_t other) {
  for (auto& [link, connection] : tabs_[one].connections) {
    for (auto& [other_link, other_connection] : tabs_[other].connections) {
      if (!FakePeerConnection::can_connect(connection, other_connection)) continue;
      broken_.insert(connection.generations());
      broken_.insert(other_connection.generations());
    }
  }
}

// --- The server --------------------------------------------------------------------------------

void World::connect(int tab, SocketId socket) {
  if (now_ < server_is_back_) {
    tabs_[static_cast<std::size_t>(tab)].sockets.push_back(Socket{socket, 0, {}, {}, false});
    return cut(tabs_[static_cast<std::size_t>(tab)].sockets.back());
  }
  Socket opened{socket, ++last_connection_, {}, {}, false};
  // A socket opens after a round trip.
  opened.down.push_back(
      {later(delays_.network) + random_.below(delays_.network), SocketEvent(Opened{})});
  server_side_[opened.connection] = ServerSide::AwaitsHello;
  tabs_[static_cast<std::size_t>(tab)].sockets.push_back(std::move(opened));
}

// The session as the native server keeps it.
void World::server_received(ConnectionId connection, const std::string& text) {
  const auto decoded = decode_client_message(text);
  if (!decoded) return violation("the server cannot read: " + text);
  auto& state = server_side_.at(connection);
  if (std::holds_alternative<Hello>(*decoded)) {
    state = ServerSide::Greeted;
    send_down(connection, Text{encode(ServerMessage(Welcome{1, ClientName("sim"), {}}))});
  } else if (std::holds_alternative<Ping>(*decoded)) {
    send_down(connection, Text{encode(ServerMessage(Pong{}))});
  } else if (const auto* join = std::get_if<Join>(&*decoded)) {
    if (state != ServerSide::Greeted) return violation("join before hello, or twice");
    enter_room(connection, *join);
  } else if (state == ServerSide::InRoom) {
    room_.handle(room_input::Received{connection, *decoded}, now_);
  }
  carry_out_room();
}

void World::enter_room(ConnectionId connection, const Join& join) {
  server_side_.at(connection) = ServerSide::InRoom;
  // What stands for a signature here: the tabs are honest.
  const auto id =
      join.resume ? join.resume->id : ParticipantId("p" + std::to_string(++last_identity_));
  room_.handle(room_input::Enter{connection, join, id, Secret("secret of " + id.value())}, now_);
}

void World::carry_out_room() {
  while (const auto output = room_.poll()) {
    if (const auto* deliver = std::get_if<room_output::Deliver>(&*output)) {
      const auto text = encode(deliver->message);
      for (const auto connection : deliver->connections) send_down(connection, Text{text});
    } else if (const auto* refused = std::get_if<room_output::Refused>(&*output)) {
      server_side_[refused->connection] = ServerSide::Greeted;
    } else if (const auto* dismiss = std::get_if<room_output::Dismiss>(&*output)) {
      server_side_[dismiss->connection] = ServerSide::Greeted;
      if (!dismiss->close) continue;
      send_down(dismiss->connection, Closed{facts_of(*dismiss->close).close_code});
      server_side_.erase(dismiss->connection);
    }
  }
}

void World::send_down(ConnectionId connection, SocketEvent event) {
  auto* const tab = tab_of(connection);
  if (!tab) return;
  auto& socket = *tab->socket_of(connection);
  if (socket.is_closing) return;
  auto at = later(delays_.network);
  if (!socket.down.empty()) at = std::max(at, socket.down.back().at);
  socket.down.push_back({at, std::move(event)});
}

Tab* World::tab_of(ConnectionId connection) {
  for (auto& tab : tabs_) {
    if (tab.socket_of(connection)) return &tab;
  }
  return nullptr;
}

// --- What happens by itself --------------------------------------------------------------------

bool World::exists(const std::string& id) const {
  return std::any_of(tabs_.begin(), tabs_.end(), [&](const Tab& tab) {
    return std::any_of(tab.connections.begin(), tab.connections.end(),
                       [&](const auto& entry) { return entry.second.id() == id; });
  });
}

bool World::can_connect(const FakePeerConnection& connection) const {
  return std::any_of(tabs_.begin(), tabs_.end(), [&](const Tab& tab) {
    return std::any_of(tab.connections.begin(), tab.connections.end(), [&](const auto& entry) {
      return FakePeerConnection::can_connect(connection, entry.second);
    });
  });
}

bool World::is_lost(const FakePeerConnection& connection) const {
  return broken_.contains(connection.generations()) ||
         (!connection.other_id().empty() && !exists(connection.other_id()));
}

// What the page notices of the packets next by itself, before the browser says anything of the
// path.
std::optional<FakePeerConnection::Reception> World::next_reception(
    const FakePeerConnection& connection) const {
  using Reception = FakePeerConnection::Reception;
  if (connection.path() != PathState::Connected) return std::nullopt;
  const bool is_lost = this->is_lost(connection);
  if (connection.reception() == Reception::Heard && is_lost) return Reception::Silent;
  if (connection.reception() == Reception::Silent && !is_lost) return Reception::Heard;
  return std::nullopt;
}

// The state that the path of this peer connection goes to next by itself.
std::optional<PathState> World::next_path(const FakePeerConnection& connection) const {
  const bool is_lost = this->is_lost(connection);
  // RFC 8445 section 2.4: after an ICE restart the path before it stays in use until there is a new
  // one; where candidates got lost there never is, and the browser gives up in the end.
  const bool never_connects = connection.is_stable() && !can_connect(connection);
  switch (connection.path()) {
    case PathState::Connected:
      return is_lost || never_connects ? std::optional(PathState::Disconnected) : std::nullopt;
    case PathState::Disconnected:
      if (is_lost || never_connects) return PathState::Failed;
      break;
    default:
      break;
  }
  if (!is_lost && can_connect(connection)) return PathState::Connected;
  return std::nullopt;
}

Timestamp World::due(const std::string& key) const {
  const auto found = path_due_.find(key);
  return found == path_due_.end() ? now_ : found->second;
}

bool World::take_due(const std::string& key, Duration delay) {
  if (!path_due_.contains(key) && delays_.path > Duration()) {
    path_due_[key] = later(delay);
    return false;
  }
  path_due_.erase(key);
  return true;
}

void World::step_reception(const Choice& choice) {
  auto& connection = tabs_[choice.tab].connections.at(choice.link);
  const auto next = *next_reception(connection);
  const auto key = connection.generations() + std::string(name_of(next));
  if (!take_due(key, delays_.path + RecoveryPolicy::silent_after)) return;
  connection.set_reception(next);
  if (next == FakePeerConnection::Reception::Silent) {
    feed(choice.tab, input::LinkSilent{choice.link});
  } else {
    feed(choice.tab, input::LinkHeard{choice.link});
  }
}

void World::step_path(const Choice& choice) {
  auto& connection = tabs_[choice.tab].connections.at(choice.link);
  const auto next = *next_path(connection);
  const auto key = connection.generations() + std::string(name_of(next));
  // Consent freshness (RFC 7675) takes some seconds to notice a loss.
  const auto notice = next == PathState::Connected ? Duration() : Duration::seconds(3);
  if (!take_due(key, delays_.path + notice)) return;
  connection.set_path(next);
  feed(choice.tab, input::LinkPath{choice.link, next});
}

std::vector<Choice> World::choices(bool with_time) const {
  std::vector<Choice> all;
  for (std::size_t number = 0; number < tabs_.size(); ++number) {
    const auto& tab = tabs_[number];
    const auto awake = [&](Timestamp at) { return tab.nap.delay(at, false); };
    for (std::size_t index = 0; index < tab.sockets.size(); ++index) {
      const auto& socket = tab.sockets[index];
      if (!socket.up.empty()) {
        all.push_back({Choice::Kind::Up, number, index, {}, socket.up.front().at});
      } else if (socket.is_closing) {
        all.push_back({Choice::Kind::Up, number, index, {}, now_});
      }
      if (!socket.down.empty()) {
        all.push_back({Choice::Kind::Down, number, index, {}, awake(socket.down.front().at)});
      }
    }
    if (tab.is_gone) continue;
    for (const auto& [link, queue] : tab.steps) {
      if (!queue.empty()) {
        all.push_back({Choice::Kind::Link, number, 0, link, awake(queue.front().at)});
      }
    }
    if (!tab.media.empty()) {
      all.push_back({Choice::Kind::Media, number, 0, {}, awake(tab.media.front().at)});
    }
    for (const auto& [link, connection] : tab.connections) {
      if (const auto next = next_path(connection)) {
        const auto at = awake(due(connection.generations() + std::string(name_of(*next))));
        all.push_back({Choice::Kind::Path, number, 0, link, at});
      }
      if (const auto next = next_reception(connection)) {
        const auto at = awake(due(connection.generations() + std::string(name_of(*next))));
        all.push_back({Choice::Kind::Reception, number, 0, link, at});
      }
    }
    if (!with_time) continue;
    if (const auto timeout = tab.call.next_timeout()) {
      all.push_back({Choice::Kind::Tick, number, 0, {}, tab.nap.delay(timeout->at, true)});
    }
  }
  if (const auto timeout = room_.next_timeout(); timeout && with_time) {
    all.push_back({Choice::Kind::RoomTick, 0, 0, {}, *timeout});
  }
  return all;
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

void World::take(const Choice& choice) {
  auto& tab = tabs_[choice.tab];
  switch (choice.kind) {
    case Choice::Kind::Up: {
      auto& socket = tab.sockets[choice.socket];
      const auto connection = socket.connection;
      if (socket.up.empty()) {
        // The page has closed it and all it sent has arrived.
        tab.sockets.erase(tab.sockets.begin() + static_cast<std::ptrdiff_t>(choice.socket));
        if (server_side_.erase(connection) == 0) return;
        room_.handle(room_input::Disconnected{connection}, now_);
        return carry_out_room();
      }
      const auto text = std::move(socket.up.front().what);
      socket.up.pop_front();
      if (server_side_.contains(connection)) server_received(connection, text);
      return;
    }
    case Choice::Kind::Down:
      if (tab.is_gone) {
        tab.sockets[choice.socket].down.clear();
        return;
      }
      return tab.step_down(*this, choice.socket, now_);
    case Choice::Kind::Link:
      return tab.step_link(*this, choice.link, now_);
    case Choice::Kind::Media:
      return tab.step_media(*this, now_);
    case Choice::Kind::Path:
      return step_path(choice);
    case Choice::Kind::Reception:
      return step_reception(choice);
    case Choice::Kind::Tick:
      return feed(choice.tab, input::Tick{});
    case Choice::Kind::RoomTick:
      room_.handle(room_input::Tick{}, now_);
      return carry_out_room();
  }
}

// --- Looking -----------------------------------------------------------------------------------

void World::violation(std::string what) {
  if (!violation_) violation_ = std::move(what);
}

std::string World::fingerprint() const {
  JsonWriter writer;
  writer.begin_array();
  encode_value(writer, tabs_);
  encode_value(writer, server_side_);
  encode_value(writer, room_);
  for (const auto& pair : broken_) writer.string(pair);
  writer.end_array();
  return writer.take();
}

std::optional<std::string> World::disagreement() const {
  std::set<ParticipantId> there;
  for (const auto& tab : tabs_) {
    const auto& view = tab.call.view();
    if (!tab.is_gone && view.self.id) there.insert(*view.self.id);
  }
  if (room_.size() != there.size()) {
    return "the room holds " + std::to_string(room_.size()) + ", in the call are " +
           std::to_string(there.size());
  }
  for (const auto& tab : tabs_) {
    const auto& view = tab.call.view();
    const bool is_over = view.state == CallState::Ended || view.state == CallState::Failed ||
                         view.state == CallState::Idle;
    if (tab.is_gone || is_over) continue;
    const auto expected = there.size() == 1 ? CallState::Waiting : CallState::Connected;
    if (view.state != expected) {
      return tab.name + " is " + std::string(name_of(view.state)) + ", not " +
             std::string(name_of(expected));
    }
    if (const auto wrong = tab.devices.disagreement(view.self.media)) {
      return tab.name + " " + *wrong;
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

bool World::are_connected(const Tab& one, const Tab& other) const {
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

}  // namespace parley::simulation
