// A call whose participant waits, is a host, or is what hosts decide about.
#include <gtest/gtest.h>

#include "core/call/call.h"
#include "tests/core/call/call_fixture.h"

namespace parley {
namespace {

class CallAdmissionTest : public CallFixture {
 protected:
  CallAdmissionTest() {
    feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
    const auto offer = given<output::SetLocal>().at(0).action;
    const auto media = given<output::AcquireMedia>().at(0).action;
    feed(input::ActionDone{offer, Sdp("a=ice-ufrag:me\r\n")});
    feed(input::MediaAcquired{media, {}, {}});
    feed(input::SocketOpened{socket_});
    receive(Welcome{});
  }

  void join() { feed(input::JoinRoom{Name("Ana")}); }

  // In the room, with Ben.
  static Joined joined(std::optional<Role> role,
                       std::optional<RoomSettings> settings = RoomSettings{}) {
    Joined joined;
    joined.room = RoomId("demo");
    joined.id = ParticipantId("me");
    joined.arrival = Arrival(1);
    Participant ben;
    ben.id = ParticipantId("ben");
    ben.arrival = Arrival(2);
    joined.participants.push_back(ben);
    joined.resume = {Secret("secret"), 15};
    joined.role = role;
    joined.settings = settings;
    return joined;
  }
  void be_joined(std::optional<Role> role) {
    join();
    receive(joined(role));
  }
  // The server was started anew, and this page is the first to come back.
  void come_back(std::optional<RoomSettings> settings) {
    lose_socket();
    feed(input::SocketOpened{socket_});
    receive(Welcome{});
    auto again = joined(Role::Host, settings);
    again.participants.clear();
    again.room_is = RoomAge::Restored;
    receive(again);
  }
  std::vector<HostAction> actions() const {
    std::vector<HostAction> all;
    for (const auto& each : sent<Moderate>()) all.push_back(each.action);
    return all;
  }
  const output::View& view() const { return call_.view(); }
};

TEST_F(CallAdmissionTest, ShowsAtTheDoorWhatThePersonHas) {
  feed(input::JoinRoom{Name("Ana"), Password("correct horse"), Token("a.b.c")});
  ASSERT_EQ(sent<Join>().size(), 1u);
  EXPECT_EQ(sent<Join>()[0].password, Password("correct horse"));
  EXPECT_EQ(sent<Join>()[0].token, Token("a.b.c"));
}

TEST_F(CallAdmissionTest, WaitsToBeAdmittedAndIsJoiningMeanwhile) {
  join();
  receive(Waiting{2});
  EXPECT_EQ(view().state, CallState::Joining);
  EXPECT_EQ(view().admission, output::AdmissionView{2});
  EXPECT_EQ(given<output::CloseLink>().size(), 1u) << "the offer would go stale";
  receive(Waiting{1});
  EXPECT_EQ(view().admission, output::AdmissionView{1});
  receive(joined({}));
  EXPECT_EQ(view().state, CallState::Connecting);
  EXPECT_EQ(view().admission, std::nullopt);
}

TEST_F(CallAdmissionTest, KeepsItsPlaceAliveAndKnocksAgainWhenTheConnectionBreaks) {
  join();
  receive(Waiting{1});
  now_ = now_ + ServerSession::ping_after;
  feed(input::Tick{});
  EXPECT_EQ(sent<Ping>().size(), 1u);
  receive(Pong{});
  feed(input::SocketClosed{socket_, 1006});
  EXPECT_EQ(view().state, CallState::Joining);
  EXPECT_NE(call_.next_timeout(), std::nullopt);
}

TEST_F(CallAdmissionTest, SaysGoodbyeWhenItGivesUpWaiting) {
  join();
  receive(Waiting{1});
  feed(input::LeaveRoom{});
  EXPECT_EQ(sent<Leave>().size(), 1u);
  EXPECT_EQ(view().state, CallState::Ended);
}

TEST_F(CallAdmissionTest, OneWhoWasInTheRoomMayHaveToWait) {
  be_joined(Role::Host);
  receive(Waiting{1});
  EXPECT_EQ(view().state, CallState::Joining);
  EXPECT_TRUE(view().participants.empty());
  EXPECT_FALSE(view().self.id);
  EXPECT_FALSE(view().resume);
  EXPECT_EQ(view().self.role, std::nullopt);
}

TEST_F(CallAdmissionTest, EachReasonNotToBeLetInHasItsName) {
  const std::pair<ErrorCode, Problem> reasons[] = {
      {ErrorCode::RoomLocked, Problem::RoomLocked},
      {ErrorCode::PasswordRequired, Problem::PasswordRequired},
      {ErrorCode::WrongPassword, Problem::WrongPassword},
      {ErrorCode::TooManyPasswords, Problem::TooManyPasswords},
      {ErrorCode::NotAdmitted, Problem::NotAdmitted},
      {ErrorCode::Removed, Problem::Removed},
      {ErrorCode::Banned, Problem::Banned},
      {ErrorCode::TokenRequired, Problem::TokenRequired},
      {ErrorCode::TokenInvalid, Problem::TokenInvalid},
      {ErrorCode::TokenExpired, Problem::TokenExpired},
      {ErrorCode::TokenForOtherRoom, Problem::TokenInvalid},
      {ErrorCode::RoomFull, Problem::RoomFull}};
  for (const auto& [code, problem] : reasons) {
    auto copy = call_;
    copy.handle(input::JoinRoom{Name("Ana")}, now_);
    copy.handle(input::SocketMessage{socket_, encode(ServerMessage(Waiting{1}))}, now_);
    copy.handle(input::SocketMessage{socket_, encode(ServerMessage(make_error(code)))}, now_);
    EXPECT_EQ(copy.view().state, CallState::Failed);
    EXPECT_EQ(copy.view().problem, problem);
    std::string told;
    while (const auto output = copy.poll()) {
      if (const auto* report = std::get_if<output::Report>(&*output)) told = report->sentence;
    }
    EXPECT_FALSE(told.empty()) << name_of(problem);
  }
}

TEST_F(CallAdmissionTest, WhoIsRemovedIsOutAndKeepsNoTicket) {
  be_joined({});
  feed(input::SocketClosed{socket_, facts_of(ErrorCode::Removed).close_code});
  EXPECT_EQ(view().state, CallState::Failed);
  EXPECT_EQ(view().problem, Problem::Removed);
  feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
  feed(input::SocketOpened{given<output::OpenSocket>().at(0).socket});
  feed(input::ActionDone{ActionId(99), {}});
  EXPECT_EQ(view().resume, std::nullopt);
}

TEST_F(CallAdmissionTest, ACallThatAHostEndedHasEndedForAReason) {
  be_joined({});
  feed(input::SocketClosed{socket_, facts_of(ErrorCode::CallEnded).close_code});
  EXPECT_EQ(view().state, CallState::Ended);
  EXPECT_EQ(view().problem, Problem::CallEnded);
  ASSERT_EQ(given<output::Report>().size(), 1u);
  EXPECT_EQ(given<output::Report>()[0].problem, Problem::CallEnded);
}

TEST_F(CallAdmissionTest, WhoIsMutedSendsNothingMoreAndSaysByWhom) {
  be_joined({});
  ASSERT_EQ(view().self.media.audio, Sending::On);
  receive(MuteRequested{Medium::Audio, ParticipantId("ben")});
  EXPECT_EQ(view().self.media.audio, Sending::Off);
  ASSERT_EQ(view().self.muted_by.size(), 1u);
  EXPECT_EQ(view().self.muted_by[0], (output::MutedBy{Medium::Audio, ParticipantId("ben")}));
  ASSERT_EQ(sent<Update>().size(), 1u);
  EXPECT_EQ(sent<Update>()[0].media->audio, Sending::Off);
  feed(input::SetSending{Medium::Audio, true});
  EXPECT_EQ(view().self.media.audio, Sending::On);
  EXPECT_TRUE(view().self.muted_by.empty());
}

TEST_F(CallAdmissionTest, NobodyIsMutedTwice) {
  be_joined({});
  receive(MuteRequested{Medium::Screen, ParticipantId("ben")});
  EXPECT_TRUE(view().self.muted_by.empty()) << "nothing was shared";
}

TEST_F(CallAdmissionTest, AGuestCannotActAsAHost) {
  be_joined({});
  feed(input::Moderate{host_action::EndCall{}});
  EXPECT_TRUE(actions().empty());
  EXPECT_EQ(given<output::Ignored>().size(), 1u);
}

TEST_F(CallAdmissionTest, WhoBecomesAHostCanActAndKeepsTheTicketThatSaysSo) {
  be_joined({});
  receive(RoleChanged{Role::Host, Secret("of a host")});
  EXPECT_EQ(view().self.role, Role::Host);
  EXPECT_EQ(view().resume->secret, Secret("of a host"));
  feed(input::Moderate{host_action::Remove{ParticipantId("ben")}});
  EXPECT_EQ(actions(), std::vector<HostAction>{host_action::Remove{ParticipantId("ben")}});
}

TEST_F(CallAdmissionTest, ShowsWhoIsAHostHowTheDoorIsSetAndWhoWaits) {
  be_joined(Role::Host);
  receive(RoomChanged{{Door::WaitingRoom, true}});
  receive(QueueChanged{{{ParticipantId("dan"), Name("Dan")}}});
  auto ben = joined({}).participants[0];
  ben.role = Role::Host;
  receive(ParticipantChanged{ben});
  EXPECT_EQ(view().settings, (RoomSettings{Door::WaitingRoom, true}));
  ASSERT_EQ(view().queue.size(), 1u);
  EXPECT_EQ(view().queue[0].name, Name("Dan"));
  EXPECT_EQ(view().participants.at(0).role, Role::Host);
}

// --- After a restart of the server -------------------------------------------------------------

TEST_F(CallAdmissionTest, AHostTellsARestoredRoomWhatItWas) {
  be_joined(Role::Host);
  feed(input::Moderate{host_action::Configure{Door::Locked, Password("x")}});
  receive(RoomChanged{{Door::Locked, true}});
  receive(ParticipantLeft{ParticipantId("eve"), LeaveReason::Left, ParticipantId("me")});
  come_back(std::nullopt);
  EXPECT_EQ(actions(),
            (std::vector<HostAction>{host_action::Remove{ParticipantId("eve")},
                                     host_action::Configure{Door::Locked, Password("x")}}));
}

TEST_F(CallAdmissionTest, WithoutThePasswordItLetsNobodyInUnseen) {
  be_joined(Role::Host);
  receive(RoomChanged{{Door::Open, true}});
  come_back(std::nullopt);
  EXPECT_EQ(actions(),
            std::vector<HostAction>{(host_action::Configure{Door::WaitingRoom, std::nullopt})});
}

TEST_F(CallAdmissionTest, ItMendsWhatANewPageThatWasThereFirstDidNotKnow) {
  be_joined(Role::Host);
  receive(RoomChanged{{Door::Locked, false}});
  come_back(RoomSettings{});
  EXPECT_EQ(actions(),
            std::vector<HostAction>{(host_action::Configure{Door::Locked, std::nullopt})});
}

TEST_F(CallAdmissionTest, WhatAnotherHostHasSetStands) {
  be_joined(Role::Host);
  receive(RoomChanged{{Door::Locked, false}});
  come_back(RoomSettings{Door::WaitingRoom, false});
  EXPECT_TRUE(actions().empty());
}

TEST_F(CallAdmissionTest, ANewPageOfAHostSaysThatItKnowsNothing) {
  join();
  receive(joined(Role::Host, std::nullopt));
  EXPECT_EQ(actions(), std::vector<HostAction>{host_action::Configure{}});
}

TEST_F(CallAdmissionTest, PassesOnWhatTheOperatorSaysToThoseInTheRoom) {
  join();
  receive(Notice{NoticeText("too early")});
  EXPECT_TRUE(given<output::Notice>().empty());
  receive(joined({}));
  receive(Notice{NoticeText("At 18:00.")});
  ASSERT_EQ(given<output::Notice>().size(), 1u);
  EXPECT_EQ(given<output::Notice>()[0].text, NoticeText("At 18:00."));
}

}  // namespace
}  // namespace parley
