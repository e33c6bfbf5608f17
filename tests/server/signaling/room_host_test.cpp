#include "server/signaling/room_host.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>
#include <vector>

namespace parley {
namespace {

constexpr Timestamp start;

struct Sent {
  ConnectionId connection;
  ConnectionEvent event;
};

class RoomHostTest : public ::testing::Test, protected RoomHost::Outbox {
 protected:
  void to_connection(ConnectionId connection, const ConnectionEvent& event) override {
    sent_.push_back({connection, event});
    if (on_sent_) on_sent_();
  }

  void happened(const RoomId& room, const RoomEvent& event) override {
    events_.push_back(room.value() + " " + std::to_string(event.index()));
  }

  void enter(const std::string& room, ConnectionId connection, Timestamp now = start) {
    Join join;
    join.room = RoomId(room);
    const std::string name = "id" + std::to_string(connection);
    host_.handle(join.room, room_input::Enter{connection, join, ParticipantId(name)}, now);
  }

  void disconnect(const std::string& room, ConnectionId connection, Timestamp now = start) {
    host_.handle(RoomId(room), room_input::Disconnected{connection}, now);
  }

  // The texts that were delivered to `connection`, in order; forgets everything that was sent.
  std::vector<std::string> delivered_to(ConnectionId connection) {
    std::vector<std::string> texts;
    for (const auto& [to, event] : std::exchange(sent_, {})) {
      const auto* delivery = std::get_if<connection_event::Delivery>(&event);
      if (to == connection && delivery) texts.push_back(*delivery->text);
    }
    return texts;
  }

  static constexpr std::size_t max_rooms = 2;
  static RoomOptions options() {
    RoomOptions options;
    options.ice_servers_expire_in_seconds = 3600;
    return options;
  }
  static Secret ticket(const RoomId& room, const ParticipantId& id, Standing standing) {
    return Secret(room.value() + " " + id.value() + " " + std::string(name_of(standing)));
  }
  RoomHost host_{*this, options(), max_rooms, [] { return Arrival(); }, ticket};
  static constexpr Timestamp renewed_at = start + Duration::seconds(1800);
  std::vector<Sent> sent_;
  std::vector<std::string> events_;  // the room and which of RoomEvent
  std::function<void()> on_sent_;
};

TEST_F(RoomHostTest, MakesARoomForTheFirstAndDropsItAfterTheLast) {
  enter("a", 1);
  EXPECT_EQ(host_.room_count(), 1u);
  enter("a", 2);
  EXPECT_EQ(host_.room_count(), 1u);
  EXPECT_EQ(host_.participant_count(), 2u);
  host_.handle(RoomId("a"), room_input::Received{1, Leave{}}, start);
  host_.handle(RoomId("a"), room_input::Received{2, Leave{}}, start);
  EXPECT_EQ(host_.room_count(), 0u);
}

TEST_F(RoomHostTest, GivesWhoComesInATicketOfItsOwn) {
  const auto answer_to = [this](ConnectionId connection) {
    for (const auto& [to, event] : std::exchange(sent_, {})) {
      const auto* answer = std::get_if<connection_event::Answer>(&event);
      if (to == connection && answer) return answer->joined.resume.secret.value();
    }
    return std::string("no answer");
  };
  enter("a", 1);
  EXPECT_EQ(answer_to(1), "a id1 host");
  enter("a", 2);
  EXPECT_EQ(answer_to(2), "a id2 successor");
}

TEST_F(RoomHostTest, GivesWhoBecomesAHostATicketThatSaysSo) {
  enter("a", 1);
  enter("a", 2);
  sent_.clear();
  host_.handle(RoomId("a"), room_input::Received{1, Leave{}}, start);
  const auto told = delivered_to(2);
  ASSERT_EQ(told.size(), 2u);
  const auto changed = std::get<RoleChanged>(*decode_server_message(told[1]));
  EXPECT_EQ(changed.role, Role::Host);
  EXPECT_EQ(changed.secret.value(), "a id2 host");
}

TEST_F(RoomHostTest, EncodesOnceForEveryone) {
  for (ConnectionId connection = 1; connection <= 3; ++connection) enter("a", connection);
  sent_.clear();
  enter("a", 4);
  std::vector<const void*> texts;
  for (const auto& [to, event] : sent_) {
    const auto* delivery = std::get_if<connection_event::Delivery>(&event);
    if (delivery && to != 4) texts.push_back(delivery->text.get());
  }
  ASSERT_EQ(texts.size(), 3u);
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_EQ(texts[1], texts[2]);
}

TEST_F(RoomHostTest, WakesTheRoomWhoseParticipantStaysAway) {
  enter("a", 1);
  enter("a", 2);
  EXPECT_EQ(host_.next_timeout(), renewed_at);
  disconnect("a", 1);
  EXPECT_EQ(host_.next_timeout(), start + limits::resume_within);
  sent_.clear();
  host_.tick(start + limits::resume_within - Duration::microseconds(1));
  EXPECT_TRUE(sent_.empty());
  host_.tick(start + limits::resume_within);
  const auto told = delivered_to(2);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NE(told[0].find("participant-left"), std::string::npos);
  EXPECT_NE(told[1].find("role-changed"), std::string::npos) << "it is the host now";
  EXPECT_EQ(host_.next_timeout(), renewed_at);
  EXPECT_EQ(host_.participant_count(), 1u);
}

TEST_F(RoomHostTest, HasEachParticipantsIceServersRenewed) {
  enter("a", 1);
  enter("b", 2);
  sent_.clear();
  host_.tick(renewed_at);
  ASSERT_EQ(sent_.size(), 2u);
  for (const auto& [to, event] : sent_) {
    const auto* renewal = std::get_if<connection_event::Renewal>(&event);
    ASSERT_TRUE(renewal);
    EXPECT_EQ(renewal->id.value(), "id" + std::to_string(to));
  }
  EXPECT_EQ(host_.next_timeout(), renewed_at + Duration::seconds(1800));
}

TEST_F(RoomHostTest, DropsRoomsThatNobodyComesBackTo) {
  enter("a", 1);
  disconnect("a", 1);
  enter("b", 2, start + Duration::seconds(1));
  disconnect("b", 2, start + Duration::seconds(1));
  EXPECT_EQ(host_.room_count(), 2u);
  host_.tick(start + limits::resume_within);
  EXPECT_EQ(host_.room_count(), 1u);
  EXPECT_EQ(host_.next_timeout(), start + Duration::seconds(1) + limits::resume_within);
  host_.tick(*host_.next_timeout());
  EXPECT_EQ(host_.room_count(), 0u);
}

TEST_F(RoomHostTest, MakesNoMoreRoomsThanItMay) {
  enter("a", 1);
  enter("b", 2);
  sent_.clear();
  enter("c", 3);
  EXPECT_EQ(host_.room_count(), 2u);
  ASSERT_EQ(sent_.size(), 2u);
  EXPECT_EQ(std::get<connection_event::Delivery>(sent_[1].event).error, ErrorCode::ServerFull);
  EXPECT_TRUE(std::holds_alternative<connection_event::Refusal>(sent_[0].event));
  enter("a", 4);
  EXPECT_EQ(host_.participant_count(), 3u);
}

TEST_F(RoomHostTest, AnswersWhatComesForARoomThatIsGone) {
  host_.handle(RoomId("gone"), room_input::Received{1, Update{}}, start);
  ASSERT_EQ(sent_.size(), 1u);
  EXPECT_EQ(std::get<connection_event::Delivery>(sent_[0].event).error, ErrorCode::NotJoined);
  sent_.clear();
  disconnect("gone", 1);
  EXPECT_TRUE(sent_.empty());
  EXPECT_EQ(host_.room_count(), 0u);
}

TEST_F(RoomHostTest, DealsWithWhatHappensWhileItSendsAfterwards) {
  enter("a", 1);
  enter("a", 2);
  // The first delivery finds its connection broken: the room hears of it only after all have been
  // told of the newcomer.
  on_sent_ = [this] {
    on_sent_ = nullptr;
    disconnect("a", 1);
  };
  sent_.clear();
  enter("a", 3);
  const auto told = delivered_to(2);
  ASSERT_EQ(told.size(), 2u);
  EXPECT_NE(told[0].find("participant-joined"), std::string::npos);
  EXPECT_NE(told[1].find("participant-changed"), std::string::npos);
}

TEST_F(RoomHostTest, TellsItsRoomsInOrderOfName) {
  enter("b", 1);
  enter("a", 2);
  const auto names = [&](const char* after, std::size_t most) {
    std::vector<std::string> names;
    for (const Room* room : host_.after(RoomId(after), most)) names.push_back(room->id().value());
    return names;
  };
  EXPECT_EQ(names("", 5), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(names("", 1), std::vector<std::string>{"a"});
  EXPECT_EQ(names("a", 5), std::vector<std::string>{"b"});
  EXPECT_EQ(names("b", 5), std::vector<std::string>());
  EXPECT_EQ(names("", 0), std::vector<std::string>());
}

TEST_F(RoomHostTest, TellsNothingOfARoomThatWasEnded) {
  enter("a", 1);
  ASSERT_NE(host_.find(RoomId("a")), nullptr);
  host_.handle(RoomId("a"), room_input::End{}, start);
  EXPECT_EQ(host_.find(RoomId("a")), nullptr);
  EXPECT_TRUE(host_.after(RoomId(), 5).empty());
  EXPECT_EQ(host_.find(RoomId("never")), nullptr);
  host_.handle(RoomId("never"), room_input::End{}, start);
  EXPECT_EQ(host_.room_count(), 1u) << "the ended one is kept for those who come back";
}

TEST_F(RoomHostTest, TellsForTheRecordWhatHappensInWhichRoom) {
  enter("a", 1);
  enter("b", 2);
  host_.handle(RoomId("a"), room_input::Received{1, Leave{}}, start);
  EXPECT_EQ(events_, (std::vector<std::string>{"a 0", "a 1", "b 0", "b 1", "a 2", "a 3"}));
}

}  // namespace
}  // namespace parley
