// Who comes in, who waits and who is turned away.
#include "tests/core/signaling/room_test.h"

namespace parley {
namespace {

class RoomAdmissionTest : public RoomTest {
 protected:
  RoomAdmissionTest() {
    join(1, "ana");
    join(2, "ben");
  }
  void set(Door door) { act(1, host_action::Configure{door, std::nullopt}); }
  void join_with(ConnectionId connection, const std::string& id, const std::string& password) {
    room_input::Enter input{connection, {}, ParticipantId(id)};
    input.join.password = Password(password);
    enter(input);
  }
  std::vector<std::string> queue_of(ConnectionId host) {
    std::vector<std::string> ids;
    for (const auto& each : last<QueueChanged>(host).waiting) ids.push_back(each.id.value());
    return ids;
  }
};

TEST_F(RoomAdmissionTest, WhoComesFirstToAnOpenRoomIsItsHost) {
  EXPECT_EQ(room_.hosts(), std::vector{ParticipantId("ana")});
  EXPECT_EQ(last<Joined>(1).role, Role::Host);
  EXPECT_EQ(last<Joined>(2).role, std::nullopt);
  EXPECT_EQ(last<Joined>(2).participants[0].role, Role::Host);
  EXPECT_EQ(last<Joined>(2).settings, RoomSettings{});
}

TEST_F(RoomAdmissionTest, EverybodyIsToldOfTheSettings) {
  set(Door::WaitingRoom);
  EXPECT_EQ(log_, (Log{"1<room-changed", "2<room-changed"}));
  EXPECT_EQ(last<RoomChanged>(2).settings.door, Door::WaitingRoom);
  set(Door::WaitingRoom);
  EXPECT_EQ(log_, Log{}) << "nothing has changed";
}

TEST_F(RoomAdmissionTest, InAWaitingRoomTheyWaitAndTheHostSeesThemInOrder) {
  set(Door::WaitingRoom);
  join(3, "cleo", std::nullopt, Offer{});
  EXPECT_EQ(log_, (Log{"3<waiting", "1<queue-changed"}));
  EXPECT_EQ(last<Waiting>(3).place, 1u);
  join(4, "dan");
  EXPECT_EQ(log_, (Log{"4<waiting", "1<queue-changed"}));
  EXPECT_EQ(last<Waiting>(4).place, 2u);
  EXPECT_EQ(queue_of(1), (Log{"cleo", "dan"}));
  EXPECT_EQ(room_.size(), 2u);
}

TEST_F(RoomAdmissionTest, TheAdmittedComeInAndTheOthersMoveUp) {
  set(Door::WaitingRoom);
  join(3, "cleo", std::nullopt, Offer{});
  join(4, "dan");
  act(1, host_action::Admit{ParticipantId("cleo")});
  EXPECT_EQ(log_, (Log{"1<participant-joined", "2<participant-joined", "3<joined", "4<waiting",
                       "1<queue-changed"}));
  EXPECT_FALSE(last<Joined>(3).offer_to) << "an offer from before would be stale";
  EXPECT_EQ(last<Waiting>(4).place, 1u);
}

TEST_F(RoomAdmissionTest, AllAreAdmittedAtOnceAsFarAsThereArePlaces) {
  set(Door::WaitingRoom);
  join(3, "cleo");
  join(4, "dan");
  act(1, host_action::Admit{});
  EXPECT_EQ(room_.size(), 3u);
  EXPECT_EQ(error_of(1), ErrorCode::RoomFull);
  EXPECT_EQ(last<Waiting>(4).place, 1u);
  EXPECT_EQ(room_.waiting(), 1u);
  receive(2, Leave{});
  act(1, host_action::Admit{});
  EXPECT_EQ(room_.waiting(), 0u);
}

TEST_F(RoomAdmissionTest, TheRefusedAreToldAndMayKnockAgain) {
  set(Door::WaitingRoom);
  join(3, "cleo");
  act(1, host_action::Refuse{ParticipantId("cleo")});
  EXPECT_EQ(log_, (Log{"3?", "3<error", "1<queue-changed"}));
  EXPECT_EQ(error_of(3), ErrorCode::NotAdmitted);
  join(3, "cleo");
  EXPECT_EQ(log_, (Log{"3<waiting", "1<queue-changed"}));
}

TEST_F(RoomAdmissionTest, NobodyAdmitsOrRefusesWhoDoesNotWait) {
  act(1, host_action::Admit{ParticipantId("ben")});
  EXPECT_EQ(error_of(1), ErrorCode::UnknownParticipant);
  act(1, host_action::Refuse{ParticipantId("x")});
  EXPECT_EQ(error_of(1), ErrorCode::UnknownParticipant);
  act(1, host_action::Admit{});
  EXPECT_EQ(log_, Log{});
}

TEST_F(RoomAdmissionTest, WhoGivesUpWaitingMakesPlace) {
  set(Door::WaitingRoom);
  join(3, "cleo");
  join(4, "dan");
  join(5, "eve");
  receive(3, Leave{});
  EXPECT_EQ(log_, (Log{"3!left", "4<waiting", "5<waiting", "1<queue-changed"}));
  disconnect(4, at(2));
  EXPECT_EQ(log_, (Log{"5<waiting", "1<queue-changed"}));
  EXPECT_EQ(queue_of(1), Log{"eve"});
}

TEST_F(RoomAdmissionTest, WhatElseComesFromOneWhoWaitsChangesNothing) {
  set(Door::WaitingRoom);
  join(3, "cleo");
  receive(3, Update{Name("x"), std::nullopt});
  receive(3, SignalTo{ParticipantId("ana"), Arrival(1), Offer{}});
  receive(3, Moderate{host_action::Admit{}});
  EXPECT_EQ(log_, Log{});
  EXPECT_EQ(room_.size(), 2u);
}

TEST_F(RoomAdmissionTest, SoManyWaitAndNoMore) {
  set(Door::WaitingRoom);
  for (ConnectionId each = 0; each < limits::waiting; ++each) {
    join(10 + each, "w" + std::to_string(each));
  }
  EXPECT_EQ(room_.waiting(), limits::waiting);
  join(9, "late");
  EXPECT_EQ(error_of(9), ErrorCode::RoomFull);
}

TEST_F(RoomAdmissionTest, ALockedRoomRefusesNewcomersButNotWhoComesBack) {
  set(Door::Locked);
  join(3, "cleo");
  EXPECT_EQ(log_, (Log{"3?", "3<error"}));
  EXPECT_EQ(error_of(3), ErrorCode::RoomLocked);
  disconnect(2, at(1));
  join(4, "x", Resume{ParticipantId("ben"), Secret(), Arrival(2)});
  EXPECT_EQ(last<Joined>(4).id, ParticipantId("ben"));
  receive(4, Leave{});
  join(5, "x", Resume{ParticipantId("ben"), Secret(), std::nullopt});
  EXPECT_EQ(last<Joined>(5).id, ParticipantId("ben")) << "who left";
}

TEST_F(RoomAdmissionTest, ATicketFromAnotherTimeOpensNoDoor) {
  set(Door::WaitingRoom);
  room_input::Enter input{3, {}, ParticipantId("new"), Standing::Host};
  input.join.resume = Resume{ParticipantId("zoe"), Secret(), std::nullopt};
  enter(input, at(60));
  EXPECT_EQ(log_, (Log{"3<waiting", "1<queue-changed"}));
  EXPECT_EQ(queue_of(1), Log{"zoe"}) << "it is the same person, all the same";
  act(1, host_action::Admit{ParticipantId("zoe")}, at(61));
  EXPECT_EQ(last<Joined>(3).role, std::nullopt) << "and a host no more";
}

TEST_F(RoomAdmissionTest, TheSamePersonDoesNotWaitTwice) {
  set(Door::WaitingRoom);
  room_input::Enter input{3, {}, ParticipantId("new")};
  input.join.resume = Resume{ParticipantId("zoe"), Secret(), std::nullopt};
  enter(input, at(60));
  input.join.resume->attempt = Attempt{7, 2};
  input.connection = 4;
  enter(input, at(60));
  EXPECT_EQ(log_, (Log{"3<error", "3!replaced", "4<waiting", "1<queue-changed"}));
  input.join.resume->attempt = Attempt{7, 1};
  input.connection = 5;
  enter(input, at(60));
  EXPECT_EQ(log_, (Log{"5<error", "5!replaced"})) << "it was overtaken";
  EXPECT_EQ(queue_of(1), Log{"zoe"});
}

TEST_F(RoomAdmissionTest, APasswordIsAskedForAndToldToNobody) {
  act(1, host_action::Configure{std::nullopt, Password("correct horse")});
  EXPECT_EQ(log_, (Log{"1<room-changed", "2<room-changed"}));
  EXPECT_EQ(encode(ServerMessage(last<RoomChanged>(2))).find("horse"), std::string::npos);
  join(3, "cleo");
  EXPECT_EQ(error_of(3), ErrorCode::PasswordRequired);
  join_with(3, "cleo", "battery staple");
  EXPECT_EQ(error_of(3), ErrorCode::WrongPassword);
  EXPECT_EQ(log_, (Log{"3?", "3<error"}));
  join_with(3, "cleo", "correct horse");
  EXPECT_EQ(last<Joined>(3).settings->has_password, true);
}

TEST_F(RoomAdmissionTest, ADoorThatIsOpenedLetsThemIn) {
  set(Door::WaitingRoom);
  join(3, "cleo");
  set(Door::Locked);
  EXPECT_EQ(room_.waiting(), 1u) << "a host decides";
  set(Door::Open);
  EXPECT_EQ(last<Joined>(3).id, ParticipantId("cleo"));
  EXPECT_EQ(room_.waiting(), 0u);
}

TEST_F(RoomAdmissionTest, WhereNobodyIsLeftTheFirstWhoWaitsBeginsAnew) {
  set(Door::WaitingRoom);
  act(1, host_action::Configure{std::nullopt, Password("x")});
  join_with(3, "cleo", "x");
  join_with(4, "dan", "x");
  receive(2, Leave{});
  receive(1, Leave{});
  EXPECT_EQ(last<Joined>(3).role, Role::Host);
  EXPECT_EQ(last<Joined>(4).role, std::nullopt);
  EXPECT_EQ(last<Joined>(4).settings, RoomSettings{});
}

// --- After a restart ---------------------------------------------------------------------------

class RestoringRoomTest : public RoomTest {
 protected:
  RestoringRoomTest() {
    auto options = options_for(4);
    options.arrivals_after = Arrival(100);
    room_ = Room(RoomId("demo"), options);
  }
  void come_back(ConnectionId connection, const std::string& id, std::uint32_t arrival,
                 Standing standing, Timestamp now = at(1)) {
    room_input::Enter input{connection, {}, ParticipantId("new"), standing};
    input.join.resume = Resume{ParticipantId(id), Secret(), Arrival(arrival)};
    enter(input, now);
  }
};

TEST_F(RestoringRoomTest, TheTicketsSayWhoIsAHost) {
  come_back(1, "ben", 8, Standing::Successor);
  EXPECT_EQ(last<Joined>(1).role, std::nullopt);
  come_back(2, "ana", 7, Standing::Host);
  EXPECT_EQ(last<Joined>(2).role, Role::Host);
  EXPECT_EQ(room_.hosts(), std::vector{ParticipantId("ana")});
}

TEST_F(RestoringRoomTest, NobodyElseComesInUntilAHostHasSetTheDoor) {
  come_back(1, "ana", 7, Standing::Host);
  join(2, "eve");
  EXPECT_EQ(log_, (Log{"2<waiting", "1<queue-changed"}));
  act(1, host_action::Configure{Door::Locked, std::nullopt});
  EXPECT_EQ(error_of(2), ErrorCode::RoomLocked);
  EXPECT_EQ(room_.size(), 1u);
}

TEST_F(RestoringRoomTest, AStrangerWhoWasFirstWaitsWhenTheOthersComeBack) {
  join(1, "eve");
  EXPECT_EQ(last<Joined>(1).role, Role::Host);
  come_back(2, "ana", 7, Standing::Host);
  EXPECT_EQ(log_, (Log{"2<joined", "1<waiting", "2<queue-changed"}));
  EXPECT_TRUE(last<Joined>(2).participants.empty());
  receive(1, Moderate{host_action::EndCall{}});
  EXPECT_EQ(log_, Log{}) << "and is a host no more";
  join(3, "eve2", Resume{ParticipantId("eve"), Secret(), std::nullopt});
  EXPECT_EQ(log_, (Log{"3<waiting", "2<queue-changed"})) << "its ticket counts for nothing";
  act(2, host_action::Configure{Door::Open, std::nullopt});
  EXPECT_EQ(last<Joined>(1).role, std::nullopt);
  EXPECT_EQ(room_.size(), 3u);
}

TEST_F(RestoringRoomTest, AStrangerWhoHadToWaitAndHeardNoAnswerIsKnownByItsArrivalBefore) {
  const auto before = join(1, "eve").arrival;
  come_back(2, "ana", 7, Standing::Host);
  act(2, host_action::Configure{Door::Open, std::nullopt});
  const auto admitted = last<Joined>(1).arrival;
  EXPECT_NE(admitted, before);
  disconnect(1, at(2));
  const auto come_with = [&](ConnectionId connection, std::optional<Arrival> arrival) {
    room_input::Enter input{connection, {}, ParticipantId("new"), Standing::Guest};
    input.join.resume = Resume{ParticipantId("eve"), Secret(), arrival};
    enter(input, at(3));
  };
  come_with(3, before);
  EXPECT_EQ(last<Joined>(3).arrival, admitted);
  come_with(4, std::nullopt);
  EXPECT_NE(last<Joined>(4).arrival, admitted) << "a new page";
  come_with(5, before);
  EXPECT_EQ(error_of(5), ErrorCode::Replaced) << "an older page than that one";
}

TEST_F(RestoringRoomTest, WhatWasOvertakenBeforeTheStrangerHadToWaitStaysOvertaken) {
  const auto before = join(1, "eve").arrival;
  const auto come_over = [&](ConnectionId connection, std::uint32_t number) {
    room_input::Enter input{connection, {}, ParticipantId("new"), Standing::Guest};
    input.join.resume = Resume{ParticipantId("eve"), Secret(), before, Attempt{9, number}};
    enter(input, at(1));
  };
  come_over(2, 3);
  come_back(4, "ana", 7, Standing::Host);
  act(4, host_action::Configure{Door::Open, std::nullopt});
  come_over(5, 2);
  EXPECT_EQ(error_of(5), ErrorCode::Replaced);
  come_over(6, 4);
  EXPECT_EQ(last<Joined>(6).arrival, last<Joined>(2).arrival);
}

TEST_F(RestoringRoomTest, WhereNoHostComesBackTheRoomIsHandedOverAndNobodyComesInUnseen) {
  come_back(1, "ben", 8, Standing::Successor);
  join(2, "eve");
  EXPECT_EQ(room_.next_timeout(), at(1) + limits::resume_within);
  tick(at(1) + limits::resume_within);
  EXPECT_EQ(log_, (Log{"1<room-changed", "1#host", "1<queue-changed"}));
  EXPECT_EQ(room_.settings().door, Door::WaitingRoom);
  EXPECT_EQ(room_.waiting(), 1u);
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

TEST_F(RestoringRoomTest, AHostWhoSetsNothingHoldsNobodyUpForLong) {
  come_back(1, "ana", 7, Standing::Host);
  join(2, "eve");
  tick(at(1) + limits::resume_within);
  EXPECT_EQ(last<Joined>(2).id, ParticipantId("eve"));
}

TEST_F(RestoringRoomTest, WaitsForNothingOnceTheOnlyOneBackHasLeft) {
  come_back(1, "ben", 8, Standing::Successor);
  EXPECT_NE(room_.next_timeout(), std::nullopt);
  receive(1, Leave{});
  EXPECT_TRUE(room_.empty());
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

TEST_F(RestoringRoomTest, LaterATicketOfBeforeIsNoMoreThanANewcomers) {
  join(1, "ana");
  come_back(2, "zoe", 7, Standing::Host, at(1) + limits::resume_within);
  EXPECT_EQ(last<Joined>(2).role, std::nullopt);
  EXPECT_EQ(room_.hosts(), std::vector{ParticipantId("ana")});
}

// --- Where tokens are asked for ----------------------------------------------------------------

class TokenRoomTest : public RoomTest {
 protected:
  TokenRoomTest() {
    auto options = options_for(4);
    options.authentication = Authentication::Token;
    room_ = Room(RoomId("demo"), options);
  }
  void show(ConnectionId connection, const std::string& id, Standing standing,
            Timestamp now = at(0)) {
    enter({connection, {}, ParticipantId(id), Standing::Guest, Pass{Identity(id), standing}}, now);
  }
};

TEST_F(TokenRoomTest, NobodyComesInWithout) {
  join(1, "ana");
  EXPECT_EQ(error_of(1), ErrorCode::TokenRequired);
  EXPECT_TRUE(room_.empty());
}

TEST_F(TokenRoomTest, TheTokenSaysWhoIsAHost) {
  show(1, "ana", Standing::Guest);
  EXPECT_EQ(last<Joined>(1).role, std::nullopt);
  show(2, "ben", Standing::Host);
  EXPECT_EQ(last<Joined>(2).role, Role::Host);
}

TEST_F(TokenRoomTest, AHostComesThroughALockedDoor) {
  show(1, "ana", Standing::Host);
  act(1, host_action::Configure{Door::Locked, Password("x")});
  show(2, "ben", Standing::Guest);
  EXPECT_EQ(error_of(2), ErrorCode::RoomLocked);
  show(3, "cleo", Standing::Host);
  EXPECT_EQ(last<Joined>(3).role, Role::Host);
}

TEST_F(TokenRoomTest, OnlyWhoMayBecomesAHostWhenThereIsNone) {
  show(1, "ana", Standing::Host);
  show(2, "ben", Standing::Guest);
  show(3, "cleo", Standing::Successor);
  receive(1, Leave{});
  EXPECT_EQ(room_.hosts(), std::vector{ParticipantId("cleo")});
  receive(3, Leave{});
  EXPECT_TRUE(room_.hosts().empty());
  EXPECT_EQ(room_.size(), 1u);
  show(4, "dan", Standing::Successor);
  EXPECT_EQ(room_.hosts(), std::vector{ParticipantId("dan")}) << "there is none, and dan may";
}

TEST_F(TokenRoomTest, ABanIsOfTheIdentity) {
  show(1, "ana", Standing::Host);
  show(2, "ben", Standing::Guest);
  act(1, host_action::Ban{ParticipantId("ben")});
  EXPECT_EQ(log_, (Log{"2!banned", "1<participant-left"}));
  EXPECT_EQ(room_.settings().door, Door::Open);
  enter({3, {}, ParticipantId("other"), Standing::Guest, Pass{Identity("ben"), Standing::Host}});
  EXPECT_EQ(error_of(3), ErrorCode::Banned);
  show(4, "cleo", Standing::Guest);
  EXPECT_EQ(last<Joined>(4).id, ParticipantId("cleo"));
}

}  // namespace
}  // namespace parley
