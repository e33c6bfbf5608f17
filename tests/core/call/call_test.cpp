#include "core/call/call.h"

#include <gtest/gtest.h>

#include "tests/core/call/call_fixture.h"

namespace parley {
namespace {

class CallTest : public CallFixture {
 protected:
  // The preview, with socket open and offer made.
  void open() {
    feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
    offer_action_ = given<output::SetLocal>().at(0).action;
    media_action_ = given<output::AcquireMedia>().at(0).action;
    feed(input::SocketOpened{SocketId(1)});
    receive(Welcome{});
  }
  void make_offer() { feed(input::ActionDone{offer_action_, Sdp("a=ice-ufrag:me\r\n")}); }

  static Participant somebody(const std::string& id, std::uint32_t arrival) {
    Participant participant;
    participant.id = ParticipantId(id);
    participant.arrival = Arrival(arrival);
    return participant;
  }

  static IceServers relay_for(const std::string& username) {
    IceServer relay;
    relay.urls.push_back(Url("turn:relay.example"));
    relay.username = Credential(username);
    return {relay};
  }

  void be_joined(std::uint32_t arrival, std::vector<Participant> others,
                 std::optional<ParticipantId> offer_to = std::nullopt,
                 const IceServers& ice_servers = {}) {
    Joined joined;
    joined.room = RoomId("demo");
    joined.id = ParticipantId("me");
    joined.arrival = Arrival(arrival);
    joined.participants.assign(others.begin(), others.end());
    joined.offer_to = std::move(offer_to);
    joined.ice_servers = ice_servers;
    joined.ice_servers_expire_in_seconds = 600;
    joined.resume = {Secret("secret"), 15};
    receive(joined);
  }

  // The connection to the server breaks, and the next one is greeted.
  void reconnect() {
    lose_socket();
    feed(input::SocketOpened{socket_});
    receive(Welcome{});
  }

  CallState state() const { return call_.view().state; }

  ActionId offer_action_;
  ActionId media_action_;
};

TEST_F(CallTest, InThePreviewConnectsAsksForDevicesAndMakesAnOffer) {
  feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
  EXPECT_EQ(given<output::OpenSocket>().size(), 1u);
  EXPECT_EQ(given<output::AcquireMedia>().size(), 1u);
  ASSERT_EQ(given<output::CreateLink>().size(), 1u);
  EXPECT_EQ(given<output::CreateLink>()[0].role, LinkRole::Offering);
  EXPECT_EQ(state(), CallState::Idle);
}

TEST_F(CallTest, JoinCarriesTheOfferAndItsCandidates) {
  open();
  make_offer();
  feed(input::LinkCandidate{LinkId(1), {CandidateText("c1"), {}, {}, Fragment("me")}});
  feed(input::JoinRoom{Name("Ana")});
  ASSERT_EQ(sent<Join>().size(), 1u);
  const auto join = sent<Join>()[0];
  ASSERT_TRUE(join.offer);
  EXPECT_EQ(join.offer->candidates.size(), 1u);
  EXPECT_EQ(state(), CallState::Joining);
}

TEST_F(CallTest, WhoComesBackSaysWhichOfItsConnectionsItComesOver) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {});
  std::optional<Attempt> before;
  for (const std::uint32_t socket : {2u, 3u}) {
    feed(input::SocketClosed{SocketId(socket - 1), 1006});
    const auto offer = given<output::SetLocal>().at(0).action;
    now_ = call_.next_timeout()->at;
    feed(input::Tick{});
    feed(input::ActionDone{offer, Sdp("a=ice-ufrag:again\r\n")});
    feed(input::SocketOpened{SocketId(socket)});
    const auto attempt = sent<Join>().at(0).resume->attempt;
    ASSERT_TRUE(attempt);
    EXPECT_EQ(attempt->number, socket);
    if (before) {
      EXPECT_EQ(attempt->page, before->page);
    }
    before = attempt;
  }
}

TEST_F(CallTest, JoinWaitsForTheOfferThatIsBeingMade) {
  open();
  feed(input::JoinRoom{Name("Ana")});
  EXPECT_TRUE(sent<Join>().empty());
  make_offer();
  EXPECT_EQ(sent<Join>().size(), 1u);
}

TEST_F(CallTest, JoinGoesWithoutAnOfferThatCannotBeMade) {
  open();
  feed(input::JoinRoom{Name("Ana")});
  feed(input::ActionFailed{offer_action_, Remark("OperationError")});
  ASSERT_EQ(sent<Join>().size(), 1u);
  EXPECT_FALSE(sent<Join>()[0].offer);
}

TEST_F(CallTest, TheOfferThatWentWithJoinBelongsToWhoeverGotIt) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"));
  EXPECT_TRUE(given<output::CreateLink>().empty()) << "the prepared one serves";
  EXPECT_EQ(call_.view().participants.at(0).link, LinkId(1));
  EXPECT_EQ(state(), CallState::Connecting);
  feed(input::LinkCandidate{LinkId(1), {CandidateText("late"), {}, {}, Fragment("me")}});
  EXPECT_EQ(sent<SignalTo>().size(), 1u);
  feed(input::LinkPath{LinkId(1), PathState::Connected});
  EXPECT_EQ(state(), CallState::Connected);
}

TEST_F(CallTest, WaitsAloneWithAnAnsweringLinkReady) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {});
  EXPECT_EQ(state(), CallState::Waiting);
  ASSERT_EQ(given<output::CreateLink>().size(), 1u);
  const auto spare = given<output::CreateLink>()[0];
  EXPECT_EQ(spare.role, LinkRole::Answering);
  EXPECT_EQ(given<output::CloseLink>().size(), 1u) << "the offer nobody got";
  receive(ParticipantJoined{somebody("ben", 2)});
  receive(SignalFrom{ParticipantId("ben"), Arrival(2),
                     Offer{OfferId(1), LinkId(1), Sdp("a=ice-ufrag:far\r\n"), {}}});
  ASSERT_EQ(given<output::SetRemote>().size(), 1u);
  EXPECT_EQ(given<output::SetRemote>()[0].link, spare.link);
}

TEST_F(CallTest, GivesAnOfferOfItsOwnUpForThatOfALaterArrival) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {somebody("ben", 2)});
  const Offer theirs{OfferId(1), LinkId(1), Sdp("a=ice-ufrag:far\r\n"), {}};
  // Nothing came for so long that this side offers, too.
  now_ = call_.next_timeout()->at;
  while (given<output::SetLocal>().empty()) {
    feed(input::Tick{});
    now_ = call_.next_timeout()->at;
  }
  const auto own = given<output::SetLocal>()[0].link;
  receive(SignalFrom{ParticipantId("ben"), Arrival(2), theirs});
  EXPECT_EQ(given<output::CloseLink>().at(0).link, own);
  EXPECT_EQ(given<output::CreateLink>().at(0).role, LinkRole::Answering);
  EXPECT_EQ(given<output::SetRemote>().size(), 1u);
}

TEST_F(CallTest, KeepsItsOfferAgainstThatOfAnEarlierArrival) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"));
  receive(SignalFrom{ParticipantId("ben"), Arrival(1),
                     Offer{OfferId(1), LinkId(1), Sdp("a=ice-ufrag:far\r\n"), {}}});
  EXPECT_TRUE(given<output::SetRemote>().empty());
}

TEST_F(CallTest, GivesNewIceServersToEveryLinkAndLeavesThePathsAlone) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"));
  receive(ParticipantJoined{somebody("cleo", 3)});
  receive(SignalFrom{ParticipantId("cleo"), Arrival(3),
                     Offer{OfferId(1), LinkId(1), Sdp("a=ice-ufrag:far\r\n"), {}}});
  feed(input::LinkPath{LinkId(1), PathState::Connected});
  receive(IceServersRenewed{relay_for("new"), 600});
  const auto set = given<output::SetIceServers>();
  ASSERT_EQ(set.size(), 2u);
  for (const auto& each : set) EXPECT_EQ(each.ice_servers, relay_for("new"));
  EXPECT_NE(set[0].link, set[1].link);
  EXPECT_EQ(outputs_.size(), set.size());
}

TEST_F(CallTest, GivesNewIceServersToTheLinkThatWaitsForSomebodyToCome) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {}, std::nullopt, relay_for("old"));
  const auto spare = given<output::CreateLink>().at(0);
  EXPECT_EQ(spare.ice_servers, relay_for("old"));
  receive(IceServersRenewed{relay_for("new"), 600});
  ASSERT_EQ(given<output::SetIceServers>().size(), 1u);
  EXPECT_EQ(given<output::SetIceServers>()[0].link, spare.link);
}

TEST_F(CallTest, MakesLaterLinksWithTheNewestIceServers) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {}, std::nullopt, relay_for("old"));
  receive(IceServersRenewed{relay_for("new"), 600});
  receive(ParticipantJoined{somebody("ben", 2)});
  receive(ParticipantLeft{ParticipantId("ben"), LeaveReason::Left});
  EXPECT_EQ(given<output::CreateLink>().at(0).ice_servers, relay_for("new"));
}

TEST_F(CallTest, SendsSmallerPicturesToMorePeople) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(3, {somebody("ben", 1), somebody("cleo", 2)});
  EXPECT_TRUE(given<output::ScaleCamera>().empty());
  receive(ParticipantJoined{somebody("dan", 4)});
  ASSERT_EQ(given<output::ScaleCamera>().size(), 1u);
  EXPECT_EQ(given<output::ScaleCamera>()[0].divisor, 2u);
  receive(ParticipantLeft{ParticipantId("ben"), LeaveReason::Left});
  ASSERT_EQ(given<output::ScaleCamera>().size(), 1u);
  EXPECT_EQ(given<output::ScaleCamera>()[0].divisor, 1u);
}

TEST_F(CallTest, AnOfferThatWentOutWithoutTheRelayIsSoonFollowedByAnother) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"), relay_for("own"));
  ASSERT_EQ(given<output::SetIceServers>().size(), 1u);
  EXPECT_EQ(call_.next_timeout()->at, now_ + RecoveryPolicy().disconnected_grace);
}

TEST_F(CallTest, AppliesTheIceServersOfAResumeBeforeItMendsWithThem) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"), relay_for("old"));
  receive(SignalFrom{ParticipantId("ben"), Arrival(1),
                     Answer{OfferId(1), LinkId(1), Sdp("a=ice-ufrag:far\r\n")}});
  feed(input::ActionDone{given<output::SetRemote>().at(0).action, std::nullopt});
  feed(input::LinkPath{LinkId(1), PathState::Connected});
  feed(input::LinkPath{LinkId(1), PathState::Failed});
  reconnect();
  be_joined(2, {somebody("ben", 1)}, std::nullopt, relay_for("new"));
  ASSERT_EQ(given<output::SetIceServers>().size(), 1u);
  EXPECT_EQ(given<output::SetIceServers>()[0].ice_servers, relay_for("new"));
  EXPECT_TRUE(given<output::CreateLink>().empty());
  EXPECT_EQ(call_.next_timeout()->at, now_) << "nothing is waited for";
  feed(input::Tick{});
  const auto successors = given<output::CreateLink>();
  ASSERT_EQ(successors.size(), 1u);
  EXPECT_EQ(successors[0].ice_servers, relay_for("new"));
}

TEST_F(CallTest, WhoIsAloneKeepsItsRelayWhenTheServerGreetsItAgain) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {}, std::nullopt, relay_for("own"));
  reconnect();
  EXPECT_TRUE(given<output::CreateLink>().empty());
  be_joined(1, {}, std::nullopt, relay_for("own"));
  EXPECT_TRUE(given<output::SetIceServers>().empty());
}

TEST_F(CallTest, TellsTheServerOfChangesOnce) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {});
  feed(input::MediaAcquired{media_action_, {}, {}});
  ASSERT_EQ(sent<Update>().size(), 1u);
  EXPECT_EQ(sent<Update>()[0].media->audio, Sending::On);
  feed(input::SetSending{Medium::Audio, true});
  EXPECT_TRUE(sent<Update>().empty());
}

TEST_F(CallTest, LeavingClosesEverything) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(2, {somebody("ben", 1)}, ParticipantId("ben"));
  feed(input::MediaAcquired{media_action_, {}, {}});
  feed(input::LeaveRoom{});
  EXPECT_EQ(sent<Leave>().size(), 1u);
  EXPECT_EQ(given<output::CloseSocket>().size(), 1u);
  EXPECT_EQ(given<output::CloseLink>().size(), 1u);
  EXPECT_EQ(given<output::ReleaseMedia>().size(), 2u);
  EXPECT_EQ(state(), CallState::Ended);
  EXPECT_FALSE(call_.next_timeout());
}

TEST_F(CallTest, SaysWhenTheServerCannotBeReached) {
  feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
  feed(input::JoinRoom{Name("Ana")});
  for (std::uint32_t attempt = 1; state() != CallState::Failed; ++attempt) {
    ASSERT_LE(attempt, 20u);
    feed(input::SocketClosed{SocketId(attempt), 1006});
    if (state() == CallState::Failed) break;
    now_ = call_.next_timeout()->at;
    feed(input::Tick{});
  }
  EXPECT_EQ(call_.view().problem, Problem::ServerUnreachable);
  EXPECT_EQ(given<output::Report>().size(), 1u);
}

TEST_F(CallTest, ReportsWhatMakesNoSenseAndChangesNothing) {
  const std::vector<Input> senseless{input::JoinRoom{Name("Ana")},
                                     input::LeaveRoom{},
                                     input::ActionDone{ActionId(9), {}},
                                     input::ActionFailed{ActionId(9), Remark()},
                                     input::MediaAcquired{ActionId(9), {}, {}},
                                     input::MediaFailed{ActionId(9), MediaProblem::Other},
                                     input::SocketOpened{SocketId(9)},
                                     input::SocketMessage{SocketId(9), "{}"},
                                     input::SocketClosed{SocketId(9), 1006},
                                     input::LinkCandidatesEnd{LinkId(9)},
                                     input::LinkPath{LinkId(9), PathState::Failed},
                                     input::SetSending{Medium::Audio, true},
                                     input::ChooseDevice{Medium::Audio, {}},
                                     input::MediaInterrupted{Medium::Audio, true}};
  const auto before = to_json(call_);
  for (const auto& input : senseless) {
    feed(input);
    EXPECT_EQ(given<output::Ignored>().size(), 1u) << to_json(input);
    EXPECT_EQ(outputs_.size(), 1u) << to_json(input);
  }
  EXPECT_EQ(to_json(call_), before);
}

TEST_F(CallTest, WhatTheSystemInterruptsIsOffForTheOthersAndSaidToThePerson) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {});
  feed(input::MediaAcquired{media_action_, {}, {}});
  feed(input::MediaInterrupted{Medium::Camera, true});
  ASSERT_EQ(sent<Update>().size(), 1u);
  EXPECT_EQ(sent<Update>()[0].media->camera, Sending::Off);
  EXPECT_EQ(call_.view().self.interrupted, std::vector{Medium::Camera});
  feed(input::MediaInterrupted{Medium::Camera, false});
  EXPECT_EQ(sent<Update>()[0].media->camera, Sending::On);
  EXPECT_TRUE(call_.view().self.interrupted.empty());
}

TEST_F(CallTest, AfterASleepAnOutcomeThatIsOnItsWayStillCounts) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  now_ = now_ + Duration::seconds(3600);
  feed(input::Tick{});
  EXPECT_TRUE(given<output::CloseSocket>().empty());
  be_joined(1, {});
  feed(input::MediaAcquired{media_action_, {}, {}});
  EXPECT_EQ(state(), CallState::Waiting);
  EXPECT_EQ(call_.view().self.media.camera, Sending::On);
}

TEST_F(CallTest, AfterASleepADeadServerIsFoundOutByAProbe) {
  open();
  make_offer();
  feed(input::JoinRoom{Name("Ana")});
  be_joined(1, {});
  now_ = now_ + Duration::seconds(3600);
  feed(input::Tick{});
  EXPECT_EQ(sent<Ping>().size(), 1u);
  const auto asked = now_;
  while (given<output::CloseSocket>().empty()) {
    now_ = call_.next_timeout()->at;
    feed(input::Tick{});
  }
  EXPECT_LE(now_ - asked, ServerSession::probe_within);
}

TEST_F(CallTest, WhereEveryTickIsLateDeadlinesStillPass) {
  feed(input::Open{RoomId("demo"), true, true, {}, {}, {}});
  given<output::OpenSocket>();
  for (int minute = 0; given<output::OpenSocket>().empty(); ++minute) {
    ASSERT_LT(minute, 3);
    now_ = now_ + Duration::seconds(60);
    feed(input::Tick{});
  }
}

}  // namespace
}  // namespace parley
