// What hosts do, and who is one.
#include "tests/core/signaling/room_test.h"

namespace parley {
namespace {

class RoomModerationTest : public RoomTest {
 protected:
  RoomModerationTest() {
    join(1, "ana");
    join(2, "ben");
    join(3, "cleo");
  }
  std::vector<std::string> hosts() {
    std::vector<std::string> ids;
    for (const auto& id : room_.hosts()) ids.push_back(id.value());
    return ids;
  }
  static Resume ticket_of(const std::string& id) {
    return {ParticipantId(id), Secret(), std::nullopt};
  }
};

TEST_F(RoomModerationTest, AGuestDecidesNothing) {
  const ParticipantId ana("ana");
  const HostAction actions[] = {host_action::Admit{},
                                host_action::Refuse{ana},
                                host_action::Remove{ana},
                                host_action::Ban{ana},
                                host_action::Mute{ana},
                                host_action::MakeHost{ParticipantId("ben")},
                                host_action::Configure{Door::Locked, {}},
                                host_action::EndCall{}};
  for (const auto& action : actions) {
    act(2, action);
    EXPECT_EQ(log_, Log{"2<error"});
    EXPECT_EQ(error_of(2), ErrorCode::NotAllowed);
  }
  EXPECT_EQ(room_.size(), 3u);
  EXPECT_EQ(room_.settings(), RoomSettings{});
}

TEST_F(RoomModerationTest, TheRemovedIsOutAndTheOthersHearByWhom) {
  act(1, host_action::Remove{ParticipantId("ben")});
  EXPECT_EQ(log_, (Log{"2!removed", "1<participant-left", "3<participant-left"}));
  EXPECT_EQ(last<ParticipantLeft>(3).removed_by, ParticipantId("ana"));
  EXPECT_EQ(room_.size(), 2u);
}

TEST_F(RoomModerationTest, TheTicketOfTheRemovedIsVoidButItMayKnockAsSomebodyNew) {
  act(1, host_action::Remove{ParticipantId("ben")});
  join(4, "x", ticket_of("ben"));
  EXPECT_EQ(error_of(4), ErrorCode::Removed);
  EXPECT_EQ(room_.size(), 2u);
  join(5, "ben2");
  EXPECT_EQ(last<Joined>(5).id, ParticipantId("ben2"));
}

TEST_F(RoomModerationTest, WhoWasAwayWhenItWasRemovedDoesNotComeBack) {
  disconnect(2, at(1));
  act(1, host_action::Remove{ParticipantId("ben")});
  EXPECT_EQ(log_, (Log{"1<participant-left", "3<participant-left"}));
  join(4, "x", ticket_of("ben"));
  EXPECT_EQ(error_of(4), ErrorCode::Removed);
}

TEST_F(RoomModerationTest, TheTicketOfSomebodyWhoIsNotThereCanBeMadeVoid) {
  act(1, host_action::Remove{ParticipantId("zoe")});
  EXPECT_EQ(log_, Log{});
  join(4, "x", ticket_of("zoe"));
  EXPECT_EQ(error_of(4), ErrorCode::Removed);
}

TEST_F(RoomModerationTest, NobodyRemovesItself) {
  act(1, host_action::Remove{ParticipantId("ana")});
  EXPECT_EQ(error_of(1), ErrorCode::UnknownParticipant);
  EXPECT_EQ(room_.size(), 3u);
}

TEST_F(RoomModerationTest, BanningSomebodyWithoutATokenPutsTheWaitingRoomOn) {
  act(1, host_action::Ban{ParticipantId("ben")});
  EXPECT_EQ(log_, (Log{"2!banned", "1<participant-left", "3<participant-left", "1<room-changed",
                       "3<room-changed"}));
  join(4, "x", ticket_of("ben"));
  EXPECT_EQ(error_of(4), ErrorCode::Banned);
  join(5, "ben2");
  EXPECT_EQ(last<Waiting>(5).place, 1u);
}

TEST_F(RoomModerationTest, WhoWaitsCanBeBanned) {
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  join(4, "dan");
  act(1, host_action::Ban{ParticipantId("dan")});
  EXPECT_EQ(log_, (Log{"4?", "4<error", "1<queue-changed"}));
  EXPECT_EQ(error_of(4), ErrorCode::Banned);
}

TEST_F(RoomModerationTest, MutingAsksOneOrEverybodyElse) {
  act(1, host_action::Mute{ParticipantId("ben"), Medium::Camera});
  EXPECT_EQ(log_, Log{"2<mute-requested"});
  EXPECT_EQ(last<MuteRequested>(2), (MuteRequested{Medium::Camera, ParticipantId("ana")}));
  act(1, host_action::Mute{});
  EXPECT_EQ(log_, (Log{"2<mute-requested", "3<mute-requested"}));
  act(1, host_action::Mute{ParticipantId("zoe"), Medium::Audio});
  EXPECT_EQ(error_of(1), ErrorCode::UnknownParticipant);
}

TEST_F(RoomModerationTest, AHostMakesAnother) {
  act(1, host_action::MakeHost{ParticipantId("cleo")});
  EXPECT_EQ(log_, (Log{"1<participant-changed", "2<participant-changed", "3#host"}));
  EXPECT_EQ(last<ParticipantChanged>(2).participant.role, Role::Host);
  EXPECT_EQ(hosts(), (Log{"ana", "cleo"}));
  act(1, host_action::MakeHost{ParticipantId("cleo")});
  EXPECT_EQ(log_, Log{});
  act(3, host_action::Remove{ParticipantId("ana")});
  EXPECT_EQ(hosts(), Log{"cleo"});
}

TEST_F(RoomModerationTest, ANewHostSeesWhoWaits) {
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  join(4, "dan");
  act(1, host_action::MakeHost{ParticipantId("ben")});
  EXPECT_EQ(log_,
            (Log{"1<participant-changed", "3<participant-changed", "2#host", "2<queue-changed"}));
  disconnect(1, at(2));
  join(5, "x", Resume{ParticipantId("ana"), Secret(), Arrival(1)});
  EXPECT_EQ(log_,
            (Log{"2<participant-changed", "3<participant-changed", "5<joined", "5<queue-changed"}));
}

TEST_F(RoomModerationTest, WhenTheLastHostLeavesTheOneWhoIsHereLongestBecomesOne) {
  receive(1, Leave{});
  EXPECT_EQ(log_, (Log{"2<participant-left", "3<participant-left", "1!left",
                       "3<participant-changed", "2#host"}));
  EXPECT_EQ(hosts(), Log{"ben"});
}

TEST_F(RoomModerationTest, AHostWhoIsAwayIsStillOneUntilItIsGone) {
  disconnect(1, at(10));
  EXPECT_EQ(hosts(), Log{"ana"});
  tick(at(25));
  EXPECT_EQ(hosts(), Log{"ben"});
  join(4, "x", ticket_of("ana"));
  EXPECT_EQ(hosts(), (Log{"ben", "ana"})) << "who comes back is what it was";
}

TEST_F(RoomModerationTest, WhoIsHereGoesBeforeWhoIsAway) {
  disconnect(2, at(1));
  receive(1, Leave{}, at(2));
  EXPECT_EQ(hosts(), Log{"cleo"});
}

TEST_F(RoomModerationTest, WhereOnlySomebodyAwayIsLeftItIsToldWhenItComesBack) {
  disconnect(2, at(1));
  receive(3, Leave{}, at(2));
  receive(1, Leave{}, at(2));
  EXPECT_EQ(hosts(), Log{"ben"});
  join(4, "x", Resume{ParticipantId("ben"), Secret(), Arrival(2)});
  EXPECT_EQ(last<Joined>(4).role, Role::Host);
}

TEST_F(RoomModerationTest, AnEndedCallIsOverForEverybody) {
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  join(4, "dan");
  disconnect(3, at(2));
  act(1, host_action::EndCall{}, at(3));
  EXPECT_EQ(log_, (Log{"4?", "4<error", "1!call-ended", "2!call-ended"}));
  EXPECT_EQ(room_.size(), 0u);
  EXPECT_FALSE(room_.empty()) << "somebody may come back to it";
  join(5, "x", ticket_of("cleo"));
  EXPECT_EQ(error_of(5), ErrorCode::CallEnded);
  join(6, "dan");
  EXPECT_EQ(last<Joined>(6).role, Role::Host) << "another call begins";
  EXPECT_EQ(last<Joined>(6).settings, RoomSettings{});
}

TEST_F(RoomModerationTest, WhoeverRunsTheServerEndsACallAsAHostDoes) {
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  join(4, "dan");
  disconnect(3, at(2));
  end(at(3));
  EXPECT_EQ(log_, (Log{"4?", "4<error", "1!call-ended", "2!call-ended"}));
  EXPECT_TRUE(room_.vacant());
  join(5, "x", ticket_of("cleo"));
  EXPECT_EQ(error_of(5), ErrorCode::CallEnded);
  end(at(10));
  EXPECT_EQ(log_, Log{});
  EXPECT_EQ(room_.next_timeout(), at(3) + limits::resume_within) << "it is over only once";
}

TEST_F(RoomModerationTest, AnEndedRoomIsForgotten) {
  act(1, host_action::EndCall{}, at(3));
  EXPECT_EQ(room_.next_timeout(), at(3) + limits::resume_within);
  tick(at(3) + limits::resume_within);
  EXPECT_TRUE(room_.empty());
  EXPECT_EQ(room_.next_timeout(), std::nullopt);
}

}  // namespace
}  // namespace parley
