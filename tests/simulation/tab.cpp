#include "tests/simulation/tab.h"

#include <algorithm>
#include <utility>

namespace parley::simulation {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace

Socket* Tab::socket(SocketId id) {
  const auto found = std::find_if(sockets.begin(), sockets.end(),
                                  [&](const Socket& each) { return each.id == id; });
  return found == sockets.end() ? nullptr : &*found;
}

Socket* Tab::socket_of(ConnectionId connection) {
  const auto found = std::find_if(sockets.begin(), sockets.end(), [&](const Socket& each) {
    return each.connection == connection;
  });
  return found == sockets.end() ? nullptr : &*found;
}

std::optional<Timestamp> Tab::next_timeout() const {
  const auto timeout = call.next_timeout();
  if (!timeout) return std::nullopt;
  return nap.delay(timeout->at - clock_ahead, true);
}

void Tab::feed(Surrounding& world, const Input& input, Timestamp now) {
  now = now + clock_ahead;
  if (journal) {
    if (journal->wants_segment()) journal->begin_segment(to_json(call));
    journal->record_input(to_json(input), now);
  }
  call.handle(input, now);
  while (const auto output = call.poll()) {
    if (journal) journal->record_output(to_json(*output));
    carry_out(world, *output);
  }
}

void Tab::carry_out(Surrounding& world, const Output& output) {
  std::visit(Overloaded{
                 [&](const output::OpenSocket& each) { world.connect(number, each.socket); },
                 [&](const output::Send& each) {
                   auto* const found = socket(each.socket);
                   if (!found || found->is_closing || found->line == Socket::Line::Dead) return;
                   append(found->up, world.later(world.delays().network), each.text);
                 },
                 [&](const output::CloseSocket& each) {
                   if (auto* const found = socket(each.socket)) {
                     found->is_closing = true;
                     found->down.clear();
                   }
                 },
                 [&](const output::AcquireMedia& each) {
                   devices.stop_for(each);
                   append(media, world.later(world.delays().browser), MediaStep(each));
                 },
                 [&](const output::AcquireScreen& each) {
                   append(media, world.later(world.delays().browser), MediaStep(each));
                 },
                 [&](const output::ReleaseMedia& each) { devices.release(each.medium); },
                 [&](const output::CreateLink& each) {
                   connections.emplace(each.link,
                                       FakePeerConnection(name + std::to_string(each.link.value()),
                                                          each.role, each.ice_servers));
                 },
                 [&](const output::SetIceServers& each) {
                   connections.at(each.link).configure(each.ice_servers, each.transport);
                 },
                 [&](const output::SetLocal& each) { enqueue(world, each.link, each); },
                 [&](const output::SetRemote& each) { enqueue(world, each.link, each); },
                 [&](const output::AddCandidate& each) { enqueue(world, each.link, each); },
                 [&](const output::RestartIce& each) { connections.at(each.link).restart_ice(); },
                 [&](const output::RefreshPictures& each) {
                   if (!connections.contains(each.link)) {
                     world.violation("a whole picture for a link that does not exist");
                   }
                 },
                 [&](const output::ScaleCamera& each) {
                   if (each.divisor == std::exchange(camera_divisor, each.divisor)) {
                     world.violation("the camera scaled to what it has already");
                   }
                 },
                 [&](const output::WatchLink& each) {
                   connections.at(each.link).set_reception(FakePeerConnection::Reception::Heard);
                 },
                 [&](const output::AwaitPictures& each) { enqueue(world, each.link, Pictured{}); },
                 [&](const output::CloseLink& each) {
                   connections.at(each.link).close();
                   connections.erase(each.link);
                   steps.erase(each.link);
                 },
                 [&](const output::View& each) {
                   if (each.resume && each.self.id) {
                     ticket = Resume{*each.self.id, each.resume->secret, std::nullopt};
                   }
                 },
                 [](const auto&) {},
             },
             output);
}

void Tab::enqueue(Surrounding& world, LinkId link, LinkStep step) {
  if (!connections.contains(link)) {
    world.violation("an action on a link that does not exist");
    return;
  }
  append(steps[link], world.later(world.delays().browser), std::move(step));
}

void Tab::step_link(Surrounding& world, LinkId link, Timestamp now) {
  auto& queue = steps.at(link);
  const auto step = std::move(queue.front().what);
  queue.pop_front();
  auto& connection = connections.at(link);
  const auto finish = [&](ActionId action, const std::string& error, bool is_local) {
    if (!error.empty()) {
      world.violation(name + ": " + error);
      feed(world, input::ActionFailed{action, Remark(error)}, now);
      return;
    }
    auto sdp = is_local ? std::optional(Sdp(connection.local_sdp())) : std::nullopt;
    const auto gathered = is_local ? connection.take_gathering(now) : std::nullopt;
    if (gathered) {
      for (const auto& type : *gathered) {
        const Candidate candidate{CandidateText("candidate:1 1 udp 1 192.0.2.1 9 typ " + type),
                                  Fragment("0"), std::uint16_t{0},
                                  Fragment(connection.local_generation())};
        enqueue(world, link, Gathered{candidate});
      }
      enqueue(world, link, GatheringDone{});
    }
    feed(world, input::ActionDone{action, std::move(sdp)}, now);
  };
  std::visit(Overloaded{
                 [&](const output::SetLocal& each) {
                   finish(each.action, connection.set_local(each.kind), true);
                 },
                 [&](const output::SetRemote& each) {
                   finish(each.action, connection.set_remote(each.kind, each.sdp.value()), false);
                 },
                 [&](const output::AddCandidate& each) {
                   finish(each.action, connection.add_candidate(each.candidate), false);
                 },
                 [&](const Gathered& each) {
                   feed(world, input::LinkCandidate{link, each.candidate}, now);
                 },
                 [&](const Pictured&) { feed(world, input::LinkPictured{link}, now); },
                 [&](const GatheringDone&) { feed(world, input::LinkCandidatesEnd{link}, now); },
             },
             step);
}

void Tab::step_media(Surrounding& world, Timestamp now) {
  const auto step = media.front().what;
  media.pop_front();
  const auto outcome = std::visit([&](const auto& each) { return devices.answer(each); }, step);
  feed(world, outcome, now);
  // Browsers give the names once a device has been allowed.
  if (std::holds_alternative<input::MediaAcquired>(outcome)) feed(world, devices.list(), now);
}

// The server may have to find out yet.
void Tab::forget(SocketId id) {
  auto& closed = *socket(id);
  closed.is_closing = true;
  if (closed.server_notices) return;
  std::erase_if(sockets, [&](const Socket& each) { return each.id == id; });
}

void Tab::step_down(Surrounding& world, std::size_t index, Timestamp now) {
  auto& from = sockets[index];
  const auto event = std::move(from.down.front().what);
  from.down.pop_front();
  const auto id = from.id;
  std::visit(Overloaded{
                 [&](const Opened&) { feed(world, input::SocketOpened{id}, now); },
                 [&](const Text& each) {
                   feed(world, input::SocketMessage{id, each.text}, now);
                 },
                 [&](const Closed& each) {
                   forget(id);
                   feed(world, input::SocketClosed{id, each.code}, now);
                 },
             },
             event);
}

}  // namespace parley::simulation
