#include "tests/fuzz/start_states.h"

#include "tests/simulation/world.h"

namespace parley::fuzz {
namespace {

using simulation::World;

// Takes what is due until the first tab is in `state`.
void run_until(World& world, CallState state) {
  while (world.tabs().front().call.view().state != state) world.take_next();
}

std::size_t open_and_join(World& world, const char* name) {
  const auto tab = world.add_tab(name);
  world.feed(tab, input::Open{RoomId("simulated"), true, true, {}, {}, {}});
  world.feed(tab, input::JoinRoom{Name(name)});
  return tab;
}

// A page that waits to be admitted.
StartState at_the_door() {
  World world(2,
              {Duration::milliseconds(20), Duration::milliseconds(5), Duration::milliseconds(50)});
  const auto visitor = world.add_tab("v");
  world.feed(visitor, input::Open{RoomId("simulated"), true, true, {}, {}, {}});
  const auto host = open_and_join(world, "h");
  while (world.tabs()[host].call.view().state != CallState::Waiting) world.take_next();
  world.feed(host, input::Moderate{host_action::Configure{Door::WaitingRoom, std::nullopt}});
  while (world.server().room().settings().door != Door::WaitingRoom) world.take_next();
  world.feed(visitor, input::JoinRoom{Name("v")});
  while (!world.tabs()[visitor].call.view().admission) world.take_next();
  return {"at-the-door", world.tabs()[visitor].call, world.now()};
}

std::vector<StartState> make_states() {
  std::vector<StartState> states{at_the_door()};
  World world(1,
              {Duration::milliseconds(20), Duration::milliseconds(5), Duration::milliseconds(50)});
  const auto keep = [&](std::string_view name) {
    states.push_back({name, world.tabs().front().call, world.now()});
  };
  const auto ana = world.add_tab("a");
  keep("closed");
  world.feed(ana, input::Open{RoomId("simulated"), true, true, {}, {}, {}});
  keep("previewing");
  world.feed(ana, input::JoinRoom{Name("a")});
  keep("joining");
  run_until(world, CallState::Waiting);
  keep("waiting");
  const auto ben = open_and_join(world, "b");
  run_until(world, CallState::Connecting);
  keep("connecting");
  run_until(world, CallState::Connected);
  keep("connected");
  world.break_path(ana, ben);
  run_until(world, CallState::Reconnecting);
  keep("mending");
  run_until(world, CallState::Connected);
  world.restart_server(Duration::seconds(10));
  run_until(world, CallState::Reconnecting);
  keep("alone");
  world.feed(ana, input::LeaveRoom{});
  keep("ended");
  return states;
}

}  // namespace

const std::vector<StartState>& start_states() {
  static const auto states = make_states();
  return states;
}

}  // namespace parley::fuzz
