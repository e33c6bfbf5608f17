#include "tests/core/signaling/room_test.h"

namespace parley {
namespace {

const Offer an_offer{OfferId(1), LinkId(1), Sdp("v=0"), {}};

TEST_F(RoomTest, TellsTheNewcomerWhoIsThereAndTheOthersWhoCame) {
  join(1, "ana");
  EXPECT_EQ(log_, Log{"1<joined"});
  const auto joined = join(2, "ben");
  EXPECT_EQ(log_, (Log{"1<participant-joined", "2<joined"}));
  ASSERT_EQ(joined.participants.size(), 1u);
  EXPECT_EQ(joined.participants[0].id.value(), "ana");
  EXPECT_LT(joined.participants[0].arrival, joined.arrival);
}

TEST_F(RoomTest, HandsTheOfferOfTheNewcomerToWhoeverIsThereLongest) {
  join(1, "ana");
  join(2, "ben");
  const auto joined = join(3, "cleo", std::nullopt, an_offer);
  EXPECT_EQ(joined.offer_to, ParticipantId("ana"));
  EXPECT_EQ(log_, (Log{"1<participant-joined", "2<participant-joined", "1<signal", "3<joined"}));
  EXPECT_EQ(std::get<Offer>(last<SignalFrom>(1).payload), an_offer);
  EXPECT_EQ(last<SignalFrom>(1).from.value(), "cleo");
}

TEST_F(RoomTest, AnOfferIntoAnEmptyRoomGoesToNobody) {
  EXPECT_FALSE(join(1, "ana", std::nullopt, an_offer).offer_to);
}

TEST_F(RoomTest, RefusesOneTooMany) {
  join(1, "ana");
  join(2, "ben");
  join(3, "cleo");
  join(4, "dan");
  EXPECT_EQ(log_, (Log{"4?", "4<error"}));
  EXPECT_EQ(last<ErrorMessage>(4).code, ErrorCode::RoomFull);
  EXPECT_EQ(room_.size(), 3u);
}

TEST_F(RoomTest, StampsTheSenderOfASignal) {
  join(1, "ana");
  const auto ben = join(2, "ben");
  receive(2, SignalTo{ParticipantId("ana"), Arrival(1), an_offer});
  EXPECT_EQ(log_, Log{"1<signal"});
  EXPECT_EQ(last<SignalFrom>(1).from.value(), "ben");
  EXPECT_EQ(last<SignalFrom>(1).arrival, ben.arrival);
}

TEST_F(RoomTest, DropsASignalForAnEarlierArrival) {
  const auto ana = join(1, "ana");
  join(2, "ben");
  join(3, "ana2", Resume{ParticipantId("ana"), Secret("of-ana"), std::nullopt});
  receive(2, SignalTo{ParticipantId("ana"), ana.arrival, an_offer});
  EXPECT_EQ(log_, Log{});
}

TEST_F(RoomTest, AnswersASignalToNobodyWithAnError) {
  join(1, "ana");
  receive(1, SignalTo{ParticipantId("ben"), Arrival(1), an_offer});
  EXPECT_EQ(last<ErrorMessage>(1).code, ErrorCode::UnknownParticipant);
  receive(1, SignalTo{ParticipantId("ana"), Arrival(1), an_offer});
  EXPECT_EQ(last<ErrorMessage>(1).code, ErrorCode::UnknownParticipant) << "to oneself";
  receive(9, SignalTo{ParticipantId("ana"), Arrival(1), an_offer});
  EXPECT_EQ(last<ErrorMessage>(9).code, ErrorCode::NotJoined);
}

TEST_F(RoomTest, RefusesASecondJoinAndHello) {
  join(1, "ana");
  receive(1, Hello{{1}, std::nullopt});
  EXPECT_EQ(last<ErrorMessage>(1).code, ErrorCode::AlreadyJoined);
}

TEST_F(RoomTest, PassesOnChangesButNothingThatIsTheSame) {
  join(1, "ana");
  join(2, "ben");
  receive(2, Update{Name("Benjamin"), std::nullopt});
  EXPECT_EQ(log_, Log{"1<participant-changed"});
  EXPECT_EQ(last<ParticipantChanged>(1).participant.name.value(), "Benjamin");
  receive(2, Update{Name("Benjamin"), Media{}});
  EXPECT_EQ(log_, Log{});
}

TEST_F(RoomTest, LeavingIsTold) {
  join(1, "ana");
  join(2, "ben");
  receive(2, Leave{});
  EXPECT_EQ(log_, (Log{"1<participant-left", "2!left"}));
  EXPECT_EQ(last<ParticipantLeft>(1).reason, LeaveReason::Left);
  receive(1, Leave{});
  EXPECT_TRUE(room_.empty());
}

TEST_F(RoomTest, KeepsWhoLostTheConnectionForAWhile) {
  join(1, "ana");
  join(2, "ben");
  room_.handle(room_input::Disconnected{2}, at(10));
  EXPECT_EQ(happened(), Log{"1<participant-changed"});
  EXPECT_EQ(last<ParticipantChanged>(1).participant.presence, Presence::Away);
  EXPECT_EQ(room_.next_timeout(), at(10) + limits::resume_within);
  room_.handle(room_input::Tick{}, at(24));
  EXPECT_EQ(happened(), Log{});
  room_.handle(room_input::Tick{}, at(25));
  EXPECT_EQ(happened(), Log{"1<participant-left"});
  EXPECT_EQ(last<ParticipantLeft>(1).reason, LeaveReason::Lost);
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

TEST_F(RoomTest, ComesBackAsTheSameArrivalWithItsSecret) {
  join(1, "ana");
  const auto ben = join(2, "ben");
  room_.handle(room_input::Disconnected{2}, at(10));
  happened();
  const auto again = join(3, "x", Resume{ParticipantId("ben"), Secret("of-ben"), ben.arrival});
  EXPECT_EQ(again.id.value(), "ben");
  EXPECT_EQ(again.arrival, ben.arrival);
  EXPECT_EQ(log_, (Log{"1<participant-changed", "3<joined"}));
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

TEST_F(RoomTest, ANewPageOfTheSameParticipantIsANewArrivalAndReplacesTheOld) {
  const auto ana = join(1, "ana");
  const auto ben = join(2, "ben");
  const auto again =
      join(3, "x", Resume{ParticipantId("ana"), Secret("of-ana"), std::nullopt}, an_offer);
  EXPECT_EQ(again.id.value(), "ana");
  EXPECT_GT(again.arrival, ben.arrival) << "it offers to everyone now";
  EXPECT_EQ(log_, (Log{"1!replaced", "2<participant-changed", "2<signal", "3<joined"}));
}

TEST_F(RoomTest, WhoComesBackBeforeAnybodyMissedThemWasAwayForTheOthers) {
  join(1, "ana");
  const auto ben = join(2, "ben");
  join(3, "x", Resume{ParticipantId("ben"), Secret("of-ben"), ben.arrival});
  EXPECT_EQ(log_,
            (Log{"2!replaced", "1<participant-changed", "1<participant-changed", "3<joined"}));
  EXPECT_EQ(last<ParticipantChanged>(1).participant.presence, Presence::Here);
}

TEST_F(RoomTest, AnOlderPageCannotTakeOverFromANewerOne) {
  const auto ana = join(1, "ana");
  join(2, "x", Resume{ParticipantId("ana"), Secret("of-ana"), std::nullopt});
  join(3, "y", Resume{ParticipantId("ana"), Secret("of-ana"), ana.arrival});
  EXPECT_EQ(log_, (Log{"3<error", "3!replaced"}));
}

TEST_F(RoomTest, AJoinThatWasOvertakenByOneOverALaterConnectionLeavesThatOneAlone) {
  const auto ana = join(1, "ana");
  const auto join_over = [&](ConnectionId connection, Attempt attempt, auto arrival) {
    join(connection, "x", Resume{ana.id, Secret("of-ana"), arrival, attempt});
  };
  const std::optional same_page(ana.arrival);
  join_over(3, {7, 3}, same_page);
  EXPECT_EQ(log_, (Log{"1!replaced", "3<joined"}));
  join_over(2, {7, 2}, same_page);
  EXPECT_EQ(log_, (Log{"2<error", "2!replaced"}));
  const std::optional<Arrival> new_page;
  join_over(5, {8, 2}, new_page);
  EXPECT_EQ(log_, (Log{"3!replaced", "5<joined"}));
  join_over(4, {8, 1}, new_page);
  EXPECT_EQ(log_, (Log{"4<error", "4!replaced"}));
}

TEST_F(RoomTest, AnOvertakenJoinOfATabLeavesAnotherTabAlone) {
  const auto ana = join(1, "ana");
  const auto join_over = [&](ConnectionId connection, Attempt attempt) {
    join(connection, "x", Resume{ana.id, Secret("of-ana"), std::nullopt, attempt});
  };
  join_over(3, {7, 2});
  join_over(4, {8, 1});
  EXPECT_EQ(log_, (Log{"3!replaced", "4<joined"}));
  join_over(2, {7, 1});
  EXPECT_EQ(log_, (Log{"2<error", "2!replaced"}));
}

TEST_F(RoomTest, APageThatWasNotToldOfItsNewArrivalIsTheSamePage) {
  const auto ana = join(1, "ana");
  room_.handle(room_input::Disconnected{1}, at(0));
  room_.handle(room_input::Tick{}, at(20));
  const auto unheard = join(2, "x", Resume{ana.id, Secret("of-ana"), ana.arrival, Attempt{7, 2}});
  const auto back = join(3, "x", Resume{ana.id, Secret("of-ana"), ana.arrival, Attempt{7, 3}});
  EXPECT_EQ(log_, (Log{"2!replaced", "3<joined"}));
  EXPECT_EQ(back.arrival, unheard.arrival);
}

TEST_F(RoomTest, LetsSomebodyWhoLeftComeBackAsItselfButAsANewArrival) {
  const auto ana = join(1, "ana");
  receive(1, Leave{});
  const auto back = join(2, "x", Resume{ana.id, Secret("of-ana"), ana.arrival});
  EXPECT_EQ(back.id, ana.id);
  EXPECT_GT(back.arrival, ana.arrival);
  EXPECT_FALSE(back.room_is);
}

// ICE servers that are good for a minute.
class ExpiringRoomTest : public RoomTest {
 protected:
  ExpiringRoomTest() {
    auto options = options_for(3);
    options.ice_servers_expire_in_seconds = 60;
    room_ = Room(RoomId("demo"), options);
  }
  void enter(ConnectionId connection, const std::string& id, Timestamp now) {
    RoomTest::enter({connection, {}, ParticipantId(id)}, now);
  }
};

TEST_F(ExpiringRoomTest, TellsForHowLongTheyAreGood) {
  enter(1, "ana", at(0));
  EXPECT_EQ(last<Joined>(1).ice_servers_expire_in_seconds, 60u);
}

TEST_F(ExpiringRoomTest, RenewsForEachHalfALifeAfterTheLastTime) {
  enter(1, "ana", at(0));
  enter(2, "ben", at(10));
  EXPECT_EQ(room_.next_timeout(), at(30));
  tick(at(29));
  EXPECT_EQ(log_, Log{});
  tick(at(30));
  EXPECT_EQ(log_, Log{"1+ana"});
  EXPECT_EQ(room_.next_timeout(), at(40));
  tick(at(60));
  EXPECT_EQ(log_, (Log{"1+ana", "2+ben"}));
}

TEST_F(ExpiringRoomTest, RenewsNothingForWhoIsAwayAndBeginsAnewWithWhoIsBack) {
  enter(1, "ana", at(0));
  room_.handle(room_input::Disconnected{1}, at(20));
  EXPECT_EQ(room_.next_timeout(), at(20) + limits::resume_within);
  tick(at(31));
  EXPECT_EQ(log_, Log{});
  room_input::Enter back{2, {}, ParticipantId("x")};
  back.join.resume = Resume{ParticipantId("ana"), Secret(), std::nullopt};
  RoomTest::enter(back, at(32));
  EXPECT_EQ(room_.next_timeout(), at(62));
}

TEST_F(RoomTest, NeverWakesForIceServersThatDoNotExpire) {
  join(1, "ana");
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

// The server was started anew: whoever comes back brings what it was before.
class RestoredRoomTest : public RoomTest {
 protected:
  RestoredRoomTest() {
    auto options = options_for(3);
    options.arrivals_after = Arrival(100);
    room_ = Room(RoomId("demo"), options);
  }
  Joined come_back(ConnectionId connection, const std::string& id, std::uint32_t arrival) {
    return join(connection, id, Resume{ParticipantId(id), Secret("of-" + id), Arrival(arrival)});
  }
};

TEST_F(RestoredRoomTest, GivesEachItsArrivalBackAndKeepsTheirOrder) {
  const auto ben = come_back(1, "ben", 8);
  EXPECT_EQ(ben.arrival, Arrival(8));
  EXPECT_EQ(ben.room_is, RoomAge::Restored);
  const auto ana = come_back(2, "ana", 7);
  EXPECT_EQ(log_, (Log{"1<participant-joined", "2<joined"}));
  EXPECT_EQ(ana.arrival, Arrival(7));
  tick(at(0) + limits::resume_within);
  act(2, host_action::Configure{Door::Open, std::nullopt});
  const auto cleo = join(3, "cleo");
  EXPECT_EQ(cleo.arrival, Arrival(101));
  EXPECT_FALSE(cleo.room_is);
  ASSERT_EQ(cleo.participants.size(), 2u);
  EXPECT_EQ(cleo.participants[0].id.value(), "ana");
}

TEST_F(RestoredRoomTest, ANewPageArrivesAnew) {
  const auto ana = join(1, "ana", Resume{ParticipantId("ana"), Secret("of-ana"), std::nullopt});
  EXPECT_EQ(ana.arrival, Arrival(101));
}

TEST_F(RestoredRoomTest, ANewerPageGoesOnAlthoughAnOlderOneWasTheFirstToComeBack) {
  come_back(1, "ben", 8);
  come_back(2, "ana", 7);
  EXPECT_EQ(come_back(3, "ana", 9).arrival, Arrival(9));
  EXPECT_EQ(log_, (Log{"2!replaced", "1<participant-changed", "3<joined"}));
  tick(at(0) + limits::resume_within);
  act(1, host_action::Configure{Door::Open, std::nullopt});
  const auto cleo = join(4, "cleo");
  EXPECT_EQ(cleo.participants.back().id.value(), "ana") << "it arrived after ben";
  come_back(5, "ana", 7);
  EXPECT_EQ(log_, (Log{"5<error", "5!replaced"}));
}

TEST_F(RestoredRoomTest, NobodyClaimsAnArrivalThatWasNeverGiven) {
  come_back(1, "ana", 7);
  come_back(2, "ana", 101);
  EXPECT_EQ(log_, (Log{"2<error", "2!replaced"}));
}

TEST_F(RestoredRoomTest, GivesNoArrivalTwice) {
  come_back(1, "ana", 7);
  EXPECT_EQ(come_back(2, "ben", 7).arrival, Arrival(101));
}

TEST_F(RestoredRoomTest, TakesWhoIsNotBackYetForSomebodyWhoIsAway) {
  come_back(1, "ana", 7);
  receive(1, SignalTo{ParticipantId("ben"), Arrival(8), an_offer});
  EXPECT_EQ(log_, Log{});
  receive(1, SignalTo{ParticipantId("ben"), Arrival(101), an_offer});
  EXPECT_EQ(last<ErrorMessage>(1).code, ErrorCode::UnknownParticipant);
}

TEST_F(RestoredRoomTest, IsFullWhenAsManyAreThere) {
  for (std::uint32_t one = 1; one <= 3; ++one) come_back(one, "id" + std::to_string(one), one);
  come_back(4, "ana", 7);
  EXPECT_EQ(last<ErrorMessage>(4).code, ErrorCode::RoomFull);
}

}  // namespace
}  // namespace parley
