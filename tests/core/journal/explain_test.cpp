// Whole stories of calls between people, as a person is to read them. The calls are simulated.
#include "core/journal/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/core/journal/story_text.h"
#include "tests/simulation/world.h"

namespace parley {
namespace {

using simulation::World;

class ExplainCall : public ::testing::Test {
 protected:
  static constexpr simulation::Delays a_good_network{
      Duration::milliseconds(20), Duration::milliseconds(5), Duration::milliseconds(50)};

  std::size_t open(const std::string& name) {
    const auto tab = world_.add_tab(name, std::nullopt, true);
    world_.feed(tab, input::Open{RoomId("simulated"), true, true, {}, {}, {}});
    return tab;
  }

  std::size_t join(const std::string& name) {
    const auto tab = open(name);
    run_for(Duration::seconds(1));
    world_.feed(tab, input::JoinRoom{Name(name)});
    run_for(Duration::seconds(3));
    return tab;
  }

  void run_for(Duration duration) {
    const auto end = world_.now() + duration;
    while (world_.take_next(end)) {
    }
    world_.advance_to(end);
    EXPECT_FALSE(world_.first_violation()) << *world_.first_violation();
  }

  std::string story_of(std::size_t tab) { return story_text(lines_of(tab)); }

  // Lets stories begin here; what came before is told by another test.
  void begin_here() {
    for (std::size_t tab = 0; tab < world_.tabs().size(); ++tab) {
      told_[tab] = lines_of(tab).size() - 1;  // without the line that says where it ends
    }
  }
  std::string later_story_of(std::size_t tab) {
    auto lines = lines_of(tab);
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(told_.at(tab)));
    return story_text(lines);
  }

  World world_{1, a_good_network};

 private:
  std::vector<std::string> lines_of(std::size_t tab) {
    return explain(world_.tabs()[tab].journal->text());
  }

  std::map<std::size_t, std::size_t> told_;
};

TEST_F(ExplainCall, TellsOfComingAndGoing) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  world_.feed(ben, input::SetSending{Medium::Audio, false});
  run_for(Duration::seconds(1));
  world_.feed(ben, input::SetName{Name("Benny")});
  world_.feed(ben, input::SetSending{Medium::Screen, true});
  run_for(Duration::seconds(1));
  world_.feed(ben, input::LeaveRoom{});
  run_for(Duration::seconds(1));
  world_.feed(ana, input::LeaveRoom{});
  EXPECT_EQ(story_of(ana),
            R"(
00:00  Opened the room "simulated". Connecting to the server. Asking for microphone and camera.
00:00  Microphone and camera granted.
00:00  The server (sim) answered after 36 ms.
00:01  Pressed Join as Ana.
00:01  Joined as Ana. Nobody else is there.
00:05  Ben came.
00:05  Ben proposed a connection (offer).
00:05  Accepted what Ben proposed (answer).
00:05  Connected with Ben 38 ms after Ben came (1 candidate sent, 1 received).
00:08  Ben muted the microphone.
00:09  Ben is called Benny now.
00:09  Benny shares the screen.
00:10  Benny left.
00:11  Left the call.
00:11  The journal ends.
)");
  EXPECT_EQ(story_of(ben),
            R"(
00:00  Opened the room "simulated". Connecting to the server. Asking for microphone and camera.
00:00  Microphone and camera granted.
00:00  The server (sim) answered after 32 ms.
00:01  Pressed Join as Ben.
00:01  Joined as Ben. Ana is there. The connection proposed with joining went to Ana (offer).
00:01  Ana accepted (answer).
00:01  Connected with Ana 54 ms after joining (1 candidate sent, 1 received).
00:04  Muted.
00:05  Took the name Benny.
00:05  Wants to share the screen. Asking which screen to share.
00:05  Screen granted.
00:06  Left the call.
00:06  The journal ends.
)");
}

TEST_F(ExplainCall, TellsWhatWasDoneAboutABrokenPath) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  begin_here();
  world_.break_path(ana, ben);
  run_for(Duration::seconds(30));
  EXPECT_EQ(later_story_of(ana), R"(
00:08  No packet from Ben for a second.
00:09  Beginning anew with Ben (new peer connection).
00:09  Proposed a connection to Ben (offer).
00:09  Ben accepted (answer).
00:09  Back with Ben after 0.6 s (1 candidate sent, 1 received).
00:37  The journal ends.
)");
  EXPECT_EQ(later_story_of(ben),
            R"(
00:04  Nothing arrives from Ana any more (disconnected).
00:05  Ana began anew (new peer connection). Ana proposed a connection (offer).
00:05  Accepted what Ana proposed (answer).
00:05  Back with Ana after 0.9 s (1 candidate sent, 1 received).
00:33  The journal ends.
)");
}

TEST_F(ExplainCall, TellsOfWhatHostsDo) {
  const auto ana = join("Ana");
  const auto act = [&](const HostAction& action) {
    world_.feed(ana, input::Moderate{action});
    run_for(Duration::seconds(1));
  };
  begin_here();
  act(host_action::Configure{Door::WaitingRoom, std::nullopt});
  const auto ben = join("Ben");
  act(host_action::Admit{});
  act(host_action::Mute{std::nullopt, Medium::Camera});
  act(host_action::MakeHost{*world_.tabs()[ben].call.view().self.id});
  act(host_action::Remove{*world_.tabs()[ben].call.view().self.id});
  EXPECT_EQ(later_story_of(ana), R"(
00:04  As a host: set the door to waiting-room.
00:04  Newcomers wait until a host admits them.
00:06  Ben waits to be admitted.
00:09  As a host: admit all who wait.
00:09  Ben came.
00:09  Ben proposed a connection (offer).
00:09  Accepted what Ben proposed (answer).
00:09  Connected with Ben 89 ms after Ben came (1 candidate sent, 1 received).
00:10  As a host: mute the camera of all others.
00:10  Ben switched the camera off.
00:11  As a host: make Ben a host, too.
00:11  Ben is a host now.
00:12  As a host: remove Ben.
00:12  Ben was removed.
00:12  The journal ends.
)");
  EXPECT_EQ(story_of(ben), R"(
00:00  Opened the room "simulated". Connecting to the server. Asking for microphone and camera.
00:00  Microphone and camera granted.
00:00  The server (sim) answered after 40 ms.
00:01  Pressed Join as Ben.
00:01  Waiting for a host to decide, as number 1.
00:04  Joined as Ben. Newcomers wait until a host admits them. Ana is there.
00:04  Proposed a connection to Ana (offer).
00:04  Ana accepted (answer).
00:04  Connected with Ana 75 ms after joining (1 candidate sent, 1 received).
00:05  The camera was muted by Ana.
00:06  Became a host.
00:07  The server closed the connection: "A host removed you from the call." (removed) The call failed: a host removed this person (removed). Shown to the person: "A host removed you from the call."
00:07  The journal ends.
)");
}

TEST_F(ExplainCall, TellsOfARestartOfTheServer) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  begin_here();
  world_.restart_server(Duration::seconds(10));
  run_for(Duration::seconds(20));
  EXPECT_EQ(later_story_of(ben),
            R"(
00:04  The connection to the server broke without a word (1006).
00:04  The server cannot be reached; trying again.
00:14  The server (sim) answered again after 11 s (tried 10 times).
00:14  The server was started anew; the room is being restored. Back in the room. Nobody else is there. Ana is not back yet (away).
00:15  Ana is back with the server.
00:22  The journal ends.
)");
  EXPECT_EQ(later_story_of(ana),
            R"(
00:08  The connection to the server broke without a word (1006).
00:08  The server cannot be reached; trying again.
00:19  The server (sim) answered again after 11 s (tried 11 times).
00:19  The server was started anew; the room is being restored. Back in the room. As a host: set the door to open.
00:26  The journal ends.
)");
}

TEST_F(ExplainCall, TellsOfWhoDoesNotComeBackAfterARestart) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  begin_here();
  world_.close_tab(ben, false);
  world_.restart_server(Duration::seconds(1));
  run_for(Duration::seconds(40));
  EXPECT_EQ(later_story_of(ana),
            R"(
00:08  The connection to the server broke without a word (1006).
00:08  The server cannot be reached; trying again.
00:09  No packet from Ben for a second.
00:09  Nothing arrives from Ben any more (disconnected).
00:09  The server (sim) answered again after 1.5 s (tried 4 times).
00:09  The server was started anew; the room is being restored. Back in the room. Nobody else is there. As a host: set the door to open. Ben is not back yet (away).
00:11  The path to Ben is broken (failed).
00:24  Ben is not in the room any more.
00:44  The journal ends.
)");
}

TEST_F(ExplainCall, TellsOfOthersWhoLoseTheServerOrReload) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  begin_here();
  world_.drop_socket(ben);
  run_for(Duration::seconds(2));
  const auto ticket = world_.tabs()[ben].ticket;
  world_.close_tab(ben, false);
  const auto again = world_.add_tab("Ben", ticket, true);
  world_.feed(again, input::Open{RoomId("simulated"), true, true, ticket, {}, {}});
  world_.feed(again, input::JoinRoom{Name("Ben")});
  run_for(Duration::seconds(2));
  EXPECT_EQ(later_story_of(ana),
            R"(
00:08  Ben lost the connection to the server (away).
00:08  Ben is back with the server.
00:10  Ben lost the connection to the server (away).
00:10  Ben came back as a new page (reload).
00:10  Ben proposed a connection (offer).
00:10  Accepted what Ben proposed (answer).
00:10  Connected with Ben 22 ms after Ben came back (1 candidate sent, 1 received).
00:10  The journal ends.
)");
  EXPECT_EQ(story_of(again),
            R"(
00:00  Opened the room "simulated", with the ticket of the page before (reload). Connecting to the server. Asking for microphone and camera.
00:00  Pressed Join as Ben.
00:00  Microphone and camera granted.
00:00  The server (sim) answered after 40 ms.
00:00  Joined as Ben. Ana is there. The connection proposed with joining went to Ana (offer).
00:00  Ana accepted (answer).
00:00  Connected with Ana 60 ms after joining (1 candidate sent, 1 received).
00:00  The journal ends.
)");
}

TEST_F(ExplainCall, TellsOfOffersAtTheSameTime) {
  const auto ana = join("Ana");
  const auto ben = join("Ben");
  begin_here();
  for (const auto tab : {ana, ben}) world_.feed(tab, input::Hint{HintCause::NetworkChanged});
  run_for(Duration::seconds(5));
  EXPECT_EQ(later_story_of(ana),
            R"(
00:08  There is another network now (network-changed). Moving the connection with Ben to the present network (ICE restart).
00:08  Proposed a connection to Ben (offer).
00:08  Ben proposed a connection (offer), at the same time as this side (glare); that one stands, this side's is given up.
00:08  Accepted what Ben proposed (answer).
00:08  The journal ends.
)");
  EXPECT_EQ(later_story_of(ben),
            R"(
00:04  There is another network now (network-changed). Moving the connection with Ana to the present network (ICE restart).
00:04  Proposed a connection to Ana (offer).
00:04  Ana proposed a connection at the same time (glare); that one is ignored, this side's stands.
00:04  Ana accepted (answer).
00:04  The journal ends.
)");
}

}  // namespace
}  // namespace parley
