// Whole stories, as a person is to read them. Calls between people are simulated; what a single
// page can run into is fed by hand.
#include "core/journal/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "core/base/json_codec.h"
#include "core/journal/journal.h"
#include "tests/simulation/world.h"

namespace parley {
namespace {

using simulation::World;

std::string joined(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const auto& line : lines) text += line + "\n";
  return text;
}

// --- Between people ----------------------------------------------------------------------------

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

  std::string story_of(std::size_t tab) { return joined(lines_of(tab)); }

  // Lets stories begin here; what came before is told by another test.
  void begin_here() {
    for (std::size_t tab = 0; tab < world_.tabs().size(); ++tab) {
      told_[tab] = lines_of(tab).size() - 1;  // without the line that says where it ends
    }
  }
  std::string later_story_of(std::size_t tab) {
    auto lines = lines_of(tab);
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(told_.at(tab)));
    return joined(lines);
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

// --- One page ----------------------------------------------------------------------------------

class ExplainPage : public ::testing::Test {
 protected:
  ExplainPage() : call_(options()), journal_(to_json(options())) {}

  static CallOptions options() { return {7, ClientName("test")}; }

  void feed(const Input& input, Duration after = Duration()) {
    now_ = now_ + after;
    journal_.record_input(to_json(input), now_);
    call_.handle(input, now_);
    while (const auto output = call_.poll()) {
      journal_.record_output(to_json(*output));
      if (const auto* local = std::get_if<output::SetLocal>(&*output)) {
        last_action_ = local->action.value();
      }
    }
  }

  void receive(const ServerMessage& message, Duration after = Duration()) {
    feed(input::SocketMessage{SocketId(1), encode(message)}, after);
  }

  void open(Duration answer = Duration::milliseconds(40)) {
    feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
    feed(input::SocketOpened{SocketId(1)}, answer);
    receive(Welcome{1, ClientName("parley 0.1"), {}});
  }

  void join(std::vector<Participant> others = {}) {
    feed(input::ActionDone{ActionId(2), Sdp("v=0\r\na=ice-ufrag:u\r\n")});
    feed(input::JoinRoom{Name("Ana")});
    Joined joined;
    joined.room = RoomId("demo");
    joined.id = ParticipantId("me");
    joined.arrival = Arrival(9);
    joined.participants.assign(others.begin(), others.end());
    receive(joined, Duration::milliseconds(30));
  }

  std::string story() { return joined(explain(journal_.text())); }

  Call call_;
  Journal journal_;
  Timestamp now_ = Timestamp::from_microseconds(5'000'000);
  std::uint32_t last_action_ = 0;  // that the browser is to make a description
};

TEST_F(ExplainPage, TellsWhichDevicesWereRefusedAndWhy) {
  open();
  feed(input::MediaFailed{ActionId(1), MediaProblem::NotFound}, Duration::seconds(2));
  feed(input::MediaAcquired{ActionId(3), {}, {}}, Duration::seconds(1));
  feed(input::MediaFailed{ActionId(4), MediaProblem::DeniedBySystem});
  feed(input::SetSending{Medium::Screen, true}, Duration::seconds(3600));
  feed(input::MediaFailed{ActionId(5), MediaProblem::Cancelled}, Duration::seconds(4));
  feed(input::MediaEnded{Medium::Audio}, Duration::seconds(4));
  feed(input::MediaFailed{ActionId(6), MediaProblem::NotFound});
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:02  No microphone and camera: there is none (not-found). Asking for microphone. Asking for camera.
00:03  Microphone granted.
00:03  No camera: the system does not allow the browser to use it (denied-by-system). Shown to the person: "The system does not let the browser use the camera. Allow it in the system's privacy settings."
1:00:03  Wants to share the screen. Asking which screen to share.
1:00:07  No screen: the person closed the picker (cancelled).
1:00:11  The microphone is gone (unplugged, or taken by the system). Asking for microphone.
1:00:11  No microphone: there is none (not-found). Shown to the person: "The microphone is gone. It is used again when it is back."
1:00:11  The journal ends.
)");
}

TEST_F(ExplainPage, TellsWhichDeviceGaveWayToWhich) {
  const DeviceLabel headset("Headset");
  const DeviceLabel built_in("Built-in");
  feed(input::Open{RoomId("demo"), true, false, {}, headset, {}});
  feed(input::MediaAcquired{ActionId(1), headset, {}}, Duration::seconds(1));
  feed(input::Devices{{headset, built_in}, {}});
  feed(input::Devices{{built_in}, {}}, Duration::seconds(9));
  feed(input::MediaAcquired{ActionId(3), built_in, {}}, Duration::seconds(1));
  feed(input::MediaInterrupted{Medium::Audio, true}, Duration::seconds(9));
  feed(input::MediaInterrupted{Medium::Audio, false}, Duration::seconds(9));
  feed(input::Devices{{headset, built_in}, {}}, Duration::seconds(1));
  feed(input::MediaAcquired{ActionId(4), headset, {}}, Duration::seconds(1));
  feed(input::ChooseDevice{Medium::Audio, built_in}, Duration::seconds(1));
  feed(input::ChooseDevice{Medium::Audio, {}}, Duration::seconds(1));
  EXPECT_EQ(story(), R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone.
00:01  Microphone granted.
00:10  Asking for microphone.
00:11  Microphone granted. The microphone "Headset" gave way to "Built-in".
00:20  The system holds the microphone still.
00:29  The system lets the microphone go on.
00:30  Asking for microphone.
00:31  Microphone granted. The microphone "Headset" is used again.
00:32  Chose the microphone "Built-in". Asking for microphone.
00:33  Chose the microphone that the browser takes.
00:33  The server is still not reached after 33 s. The journal ends.
)");
}

TEST_F(ExplainPage, TellsInOneLineWhatTheOperatorSaid) {
  open();
  join();
  receive(Notice{NoticeText("At 18:00.\nYour calls go on.")});
  EXPECT_NE(story().find("Whoever runs the server told everybody: \"At 18:00. Your calls go on.\""),
            std::string::npos)
      << story();
}

TEST_F(ExplainPage, TellsHowOftenAServerWasTriedInVain) {
  feed(input::Open{RoomId("demo"), false, false, {}, {}, {}});
  feed(input::JoinRoom{Name("")});
  for (std::uint32_t socket = 1; call_.view().state != CallState::Failed; ++socket) {
    feed(input::SocketClosed{SocketId(socket), 1006}, Duration::milliseconds(50));
    while (const auto timeout = call_.next_timeout()) {
      if (timeout->at >= now_ + Duration::seconds(2)) break;
      feed(input::Tick{}, timeout->at - now_);
    }
  }
  EXPECT_EQ(story(), R"(
00:00  Opened the room "demo". Connecting to the server.
00:00  Pressed Join without a name.
00:00  The server cannot be reached; trying again.
00:07  The call failed: the server could not be reached (server-unreachable), tried 8 times in 8.0 s. Shown to the person: "The server cannot be reached. Check the connection and try again."
00:07  The journal ends.
)");
}

TEST_F(ExplainPage, TellsThatTheServerFellSilent) {
  open();
  join();
  feed(input::Tick{}, Duration::seconds(7));
  feed(input::Tick{}, Duration::seconds(7));
  feed(input::Hint{HintCause::Online}, Duration::seconds(1));
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  Joined as Ana. Nobody else is there.
00:14  Heard nothing from the server for 14 s; the connection counts as lost.
00:15  There is a network again (online). Trying the server again at once.
00:15  The server is still not reached after 1.0 s. The journal ends.
)");
}

TEST_F(ExplainPage, TellsOfNewIceServers) {
  open();
  join();
  receive(IceServersRenewed{{}, 600}, Duration::seconds(300));
  EXPECT_NE(story().find("05:00  The server sent new ICE servers, good for 10 min 0 s."),
            std::string::npos)
      << story();
}

TEST_F(ExplainPage, TellsOfARefusal) {
  open();
  feed(input::ActionDone{ActionId(2), Sdp("v=0\r\na=ice-ufrag:u\r\n")});
  feed(input::JoinRoom{Name("Ana")});
  receive(make_error(ErrorCode::RoomFull));
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  The server refused: "The room is full." (room-full) The call failed: the room is full (room-full). Shown to the person: "The room is full."
00:00  The journal ends.
)");
}

TEST_F(ExplainPage, TellsOfWhatTheBrowserCouldNotDoAndOfWhatWasIgnored) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here},
        {ParticipantId("c"), Arrival(4), Name("Ben"), {}, Presence::Here},
        {ParticipantId("d"), Arrival(5), Name(""), {}, Presence::Away}});
  feed(input::ActionFailed{ActionId(3), Remark("OperationError: no")});
  feed(input::MediaAcquired{ActionId(99), {}, {}}, Duration::seconds(1));
  feed(input::MediaAcquired{ActionId(99), {}, {}});
  feed(input::MediaAcquired{ActionId(99), {}, {}});
  feed(input::SocketClosed{SocketId(1), facts_of(ErrorCode::Replaced).close_code});
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  Joined as Ana. Ben (b), Ben (c) and somebody without a name (d) are there.
00:00  The browser could not set the offer of this side for Ben (b): OperationError: no.
00:01  Ignored an input: media-acquired (no such action). (3 times)
00:01  The server closed the connection: "The call was continued in another window." (replaced) The call failed: the call was continued in another window (replaced). Shown to the person: "The call was continued in another window."
00:01  The journal ends.
)");
}

TEST_F(ExplainPage, TellsHowAPathWasLookedForInVain) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here}});
  const auto give_up_at = now_ + Duration::seconds(35);
  std::uint32_t made = 2;  // that of the offer made ahead, which nobody was given
  const auto make_descriptions = [&] {
    while (last_action_ > made) {
      feed(input::ActionDone{ActionId(++made), Sdp("v=0\r\na=ice-ufrag:u\r\n")});
    }
  };
  make_descriptions();
  for (auto timeout = call_.next_timeout(); timeout->at < give_up_at;
       timeout = call_.next_timeout()) {
    if (timeout->reason == TimeoutReason::Server) {
      receive(Pong{}, timeout->at - now_);
    } else {
      feed(input::Tick{}, timeout->at - now_);
    }
    make_descriptions();
  }
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  Joined as Ana. Ben is there.
00:00  Proposed a connection to Ben (offer).
00:08  Looking again for a path to Ben (ICE restart).
00:08  Proposed a connection to Ben (offer).
00:12  Looking again for a path to Ben (ICE restart, 2nd try).
00:12  Proposed a connection to Ben (offer).
00:17  Beginning anew with Ben (new peer connection, 3rd try).
00:17  Proposed a connection to Ben (offer).
00:25  Beginning anew with Ben (new peer connection, 4th try).
00:25  Proposed a connection to Ben (offer).
00:32  Shown to the person, about Ben: "No network path to this participant was found." Beginning anew with Ben (new peer connection, 5th try).
00:32  Proposed a connection to Ben (offer).
00:32  The journal ends.
)");
}

TEST_F(ExplainPage, BeginsInTheMiddleWhereTheJournalDoes) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here}});
  journal_ = Journal("{}");
  std::string text = "{\"journal\":1,\"state\":" + to_json(call_) + "}\n";
  feed(input::LeaveRoom{}, Duration::seconds(3));
  text += journal_.text().substr(journal_.text().find('\n') + 1);
  EXPECT_EQ(joined(explain(text)), R"(
00:00  The journal begins in the middle: the call is connecting, in the room "demo" as Ana. With Ben (connecting). Left the call.
00:00  The journal ends.
)");
}

TEST(Explain, PassesOverLinesThatCannotBeRead) {
  const std::string text =
      "{\"journal\":1,\"options\":{\"seed\":1,\"client\":\"test\"}}\n"
      "{\"at\":0,\"in\":{\"type\":\"set-name\",\"name\":\"Ana\"}}\n"
      "{\"at\":1,\"in\":{\"type\":\"from-the-future\"}}\n"
      "{\"out\":{\"type\":\"from-the-future\"}}\n"
      "what is this\n"
      "{\"at\":2000000,\"in\":{\"type\":\"hint\",\"cause\":\"page-visible\"}}\n";
  EXPECT_EQ(joined(explain(text)), R"(
00:00  Took the name Ana. (Line 3 of the journal cannot be read: bad input: type.) (Line 4 of the journal cannot be read: not an output.) (Line 5 of the journal cannot be read: not JSON.)
00:02  The page woke up (page-visible).
00:02  The journal ends.
)");
  EXPECT_EQ(joined(explain("hello\n")), R"(
00:00  (Line 1 of the journal cannot be read: not JSON.)
)");
  EXPECT_TRUE(explain("").empty());
}

}  // namespace
}  // namespace parley
