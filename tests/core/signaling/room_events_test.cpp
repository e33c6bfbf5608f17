// What a room tells for the record, and what it passes on from whoever runs the server.
#include "tests/core/signaling/room_test.h"

namespace parley {
namespace {

class RoomEventsTest : public RoomTest {
 protected:
  static Resume ticket_of(const std::string& id, std::optional<Arrival> arrival) {
    return {ParticipantId(id), Secret(), arrival};
  }
};

TEST_F(RoomEventsTest, ACallBeginsWithTheFirstAndIsOverWithTheLast) {
  join(1, "ana");
  join(2, "ben");
  receive(1, Leave{});
  receive(2, Leave{});
  EXPECT_EQ(events_, (Log{"started", "+ana", "+ben", "-ana left", "-ben left", "over"}));
  join(3, "cleo");
  EXPECT_EQ(events_.size(), 8u) << "another call";
}

TEST_F(RoomEventsTest, ABrokenConnectionAndANewPageAreNone) {
  const auto joined = join(1, "ana");
  disconnect(1, at(1));
  join(2, "x", ticket_of("ana", joined.arrival));
  join(3, "y", ticket_of("ana", std::nullopt));
  EXPECT_EQ(events_, (Log{"started", "+ana"}));
  disconnect(3, at(2));
  tick(at(2) + limits::resume_within);
  EXPECT_EQ(events_, (Log{"started", "+ana", "-ana lost", "over"}));
}

TEST_F(RoomEventsTest, TellWhatAHostDid) {
  join(1, "ana");
  join(2, "ben");
  join(3, "cleo");
  act(1, host_action::Remove{ParticipantId("ben")});
  act(1, host_action::Ban{ParticipantId("cleo")});
  act(1, host_action::EndCall{});
  EXPECT_EQ(events_, (Log{"started", "+ana", "+ben", "+cleo", "-ben removed", "-cleo banned",
                          "-ana call-ended", "over"}));
}

TEST_F(RoomEventsTest, WhoWaitsIsNotInTheRoom) {
  join(1, "ana");
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  enter({2, Join{RoomId("demo"), Name("Ben"), {}, {}, {}}, ParticipantId("ben")});
  enter({3, Join{RoomId("demo"), Name("Cleo"), {}, {}, {}}, ParticipantId("cleo")});
  act(1, host_action::Refuse{ParticipantId("ben")});
  EXPECT_EQ(events_, (Log{"started", "+ana"}));
  act(1, host_action::Admit{ParticipantId("cleo")});
  EXPECT_EQ(events_, (Log{"started", "+ana", "+cleo"}));
}

TEST_F(RoomEventsTest, ThoseWhoWaitBeginAnotherCallWhenTheLastIsGone) {
  join(1, "ana");
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  enter({2, Join{RoomId("demo"), Name("Ben"), {}, {}, {}}, ParticipantId("ben")});
  receive(1, Leave{});
  EXPECT_EQ(events_, (Log{"started", "+ana", "-ana left", "over", "started", "+ben"}));
}

TEST_F(RoomEventsTest, AStrangerInARoomThatIsRestoredGoesBackToTheDoor) {
  auto options = options_for(3);
  options.arrivals_after = Arrival(100);
  room_ = Room(RoomId("demo"), options);
  join(1, "stranger");
  join(2, "x", ticket_of("ana", Arrival(7)));
  EXPECT_EQ(events_,
            (Log{"started", "+stranger", "-stranger must-wait", "over", "started", "+ana"}));
}

TEST_F(RoomEventsTest, WhoComesInOverAnotherConnectionWaitsOverTheFirstNoMore) {
  auto options = options_for(3);
  options.arrivals_after = Arrival(100);
  room_ = Room(RoomId("demo"), options);
  join(1, "ana");
  act(1, host_action::Configure{Door::WaitingRoom, {}});
  const auto later = at(0) + limits::resume_within;  // the room is young no more
  Join ben{RoomId("demo"), Name("Ben"), {}, ticket_of("ben", Arrival(7)), {}};
  enter({2, ben, ParticipantId("x")}, later);
  ASSERT_EQ(room_.waiting(), 1u);
  enter({3, ben, ParticipantId("y"), Standing::Guest, Pass{Identity("ben"), Standing::Host}},
        later);
  EXPECT_EQ(room_.waiting(), 0u);
  EXPECT_EQ(std::count(log_.begin(), log_.end(), "2!replaced"), 1);
  act(1, host_action::Admit{}, later);
  EXPECT_EQ(room_.size(), 2u);
  EXPECT_EQ(events_, (Log{"started", "+ana", "+ben"}));
}

TEST_F(RoomEventsTest, TheOperatorsNoticeGoesToThoseWhoAreHere) {
  join(1, "ana");
  join(2, "ben");
  join(3, "cleo");
  disconnect(2, at(1));
  room_.handle(room_input::Tell{NoticeText("At 18:00.")}, at(1));
  EXPECT_EQ(happened(), (Log{"1<notice", "3<notice"}));
  EXPECT_EQ(last<Notice>(3), Notice{NoticeText("At 18:00.")});
}

TEST_F(RoomEventsTest, ANoticeToNobodyIsNone) {
  room_.handle(room_input::Tell{NoticeText("At 18:00.")}, at(1));
  EXPECT_EQ(happened(), Log{});
  EXPECT_TRUE(room_.empty());
}

}  // namespace
}  // namespace parley
