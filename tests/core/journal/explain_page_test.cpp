// Whole stories of what a single page can run into, which is fed by hand.
#include <gtest/gtest.h>

#include "core/base/json_codec.h"
#include "core/call/call.h"
#include "core/journal/explain.h"
#include "core/journal/journal.h"
#include "tests/core/journal/story_text.h"

namespace parley {
namespace {

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

  std::string story() { return story_text(explain(journal_.text())); }

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

TEST_F(ExplainPage, SaysNothingOfASecondConnectionWhereTheFirstOneAnswers) {
  open();
  join();
  feed(input::Hint{HintCause::PageVisible});
  feed(input::Tick{}, Duration::milliseconds(300));
  receive(Pong{}, Duration::milliseconds(100));
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  Joined as Ana. Nobody else is there.
00:00  The page woke up (page-visible).
00:00  The journal ends.
)");
}

TEST_F(ExplainPage, TellsThatASecondConnectionTakesOver) {
  open();
  join();
  feed(input::Hint{HintCause::PageVisible});
  feed(input::Tick{}, Duration::milliseconds(300));
  feed(input::SocketOpened{SocketId(2)}, Duration::milliseconds(100));
  feed(input::SocketMessage{SocketId(2), encode(Welcome{1, ClientName("parley 0.1"), {}})},
       Duration::milliseconds(40));
  EXPECT_EQ(story(),
            R"(
00:00  Opened the room "demo". Connecting to the server. Asking for microphone and camera.
00:00  The server (parley 0.1) answered after 40 ms.
00:00  Pressed Join as Ana.
00:00  Joined as Ana. Nobody else is there.
00:00  The page woke up (page-visible).
00:00  The server has not answered when asked; a second connection takes over.
00:00  The server (parley 0.1) answered again after 40 ms.
00:00  The journal ends.
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
00:00  Joined as Ana. Ben (b), Ben (c) and somebody without a name (d) are there. To so many the camera's picture is sent with half its width and height.
00:00  The browser could not set the offer of this side for Ben (b): OperationError: no.
00:01  Ignored an input: media-acquired (no such action). (3 times)
00:01  The server closed the connection: "The call was continued in another window." (replaced) The call failed: the call was continued in another window (replaced). Shown to the person: "The call was continued in another window."
00:01  The journal ends.
)");
}

TEST_F(ExplainPage, TellsThatPicturesGrowAgainWhenPeopleLeave) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here},
        {ParticipantId("c"), Arrival(4), Name("Cleo"), {}, Presence::Here},
        {ParticipantId("d"), Arrival(5), Name("Dan"), {}, Presence::Here}});
  receive(ParticipantLeft{ParticipantId("c"), LeaveReason::Left}, Duration::seconds(2));
  EXPECT_NE(story().find("00:02  Cleo left. The camera's picture has its whole width and height "
                         "again.\n"),
            std::string::npos)
      << story();
}

TEST_F(ExplainPage, TellsHowAPathWasLookedForInVain) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here}});
  const auto give_up_at = now_ + Duration::seconds(50);
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
00:25  Beginning anew with Ben (new peer connection).
00:25  Proposed a connection to Ben (offer).
00:32  Shown to the person, about Ben: "No network path to this participant was found."
00:46  Beginning anew with Ben (new peer connection, 2nd try).
00:46  Proposed a connection to Ben (offer).
00:49  The journal ends.
)");
}

TEST_F(ExplainPage, BeginsInTheMiddleWhereTheJournalDoes) {
  open();
  join({{ParticipantId("b"), Arrival(3), Name("Ben"), {}, Presence::Here}});
  journal_ = Journal("{}");
  std::string text = "{\"journal\":1,\"state\":" + to_json(call_) + "}\n";
  feed(input::LeaveRoom{}, Duration::seconds(3));
  text += journal_.text().substr(journal_.text().find('\n') + 1);
  EXPECT_EQ(story_text(explain(text)), R"(
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
  EXPECT_EQ(story_text(explain(text)), R"(
00:00  Took the name Ana. (Line 3 of the journal cannot be read: bad input: type.) (Line 4 of the journal cannot be read: not an output.) (Line 5 of the journal cannot be read: not JSON.)
00:02  The page woke up (page-visible).
00:02  The journal ends.
)");
  EXPECT_EQ(story_text(explain("hello\n")), R"(
00:00  (Line 1 of the journal cannot be read: not JSON.)
)");
  EXPECT_TRUE(explain("").empty());
}

}  // namespace
}  // namespace parley
