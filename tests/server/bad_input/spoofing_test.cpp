// Clients that pretend to be somebody else, or speak to whom they may not.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

class SpoofingTest : public BadInputTest {
 protected:
  SpoofingTest() {
    // First, so that its room is no younger than Ana's: an arrival from before a room was made is
    // taken for one of the room's earlier life, and what is sent there is dropped without a word.
    stranger_.join("elsewhere");
    ana_.join("spoofing");
    ben_.join("spoofing");
    eve_.join("spoofing");
  }

  static std::string forged_signal(const Caller& to, const std::string& extra) {
    return R"({"type":"signal","to":")" + to.joined.id.value() + R"(","arrival":)" +
           std::to_string(to.joined.arrival.value()) + "," + extra +
           R"("payload":{"type":"end-of-candidates"}})";
  }

  Caller ana_{port(), "spoofing"};
  Caller ben_{port()};
  Caller eve_{port(), "spoofing"};
  Caller stranger_{port(), "elsewhere"};
};

TEST_F(SpoofingTest, SenderIsWhatTheServerSays) {
  eve_.socket().send_text(
      forged_signal(ana_, R"("from":")" + ben_.joined.id.value() + R"(","id":"x",)"));
  EXPECT_EQ(ana_.receive_a<SignalFrom>().from, eve_.joined.id);
}

TEST_F(SpoofingTest, NobodySpeaksIntoAnotherRoom) {
  stranger_.signal(ana_, "into your room");
  EXPECT_EQ(stranger_.receive_error(), ErrorCode::UnknownParticipant);
  ben_.signal(ana_, "from within");
  EXPECT_EQ(sdp_of(ana_.receive_a<SignalFrom>()), "from within");
}

TEST_F(SpoofingTest, NobodySpeaksToNobodyOrToOneself) {
  ana_.send(SignalTo{ParticipantId("nobody"), ana_.joined.arrival, EndOfCandidates{}});
  EXPECT_EQ(ana_.receive_error(), ErrorCode::UnknownParticipant);
  ana_.signal(ana_, "to myself");
  EXPECT_EQ(ana_.receive_error(), ErrorCode::UnknownParticipant);
}

TEST_F(SpoofingTest, AWrongSecretMakesSomebodyNew) {
  Caller thief(port(), "spoofing");
  thief.join("spoofing", Resume{ana_.joined.id, Secret("guessed"), std::nullopt});
  EXPECT_NE(thief.joined.id, ana_.joined.id);
  ben_.signal(ana_, "for Ana");
  EXPECT_EQ(sdp_of(ana_.receive_a<SignalFrom>()), "for Ana");
}

TEST_F(SpoofingTest, ASecretIsWorthNothingInAnotherRoom) {
  Caller thief(port(), "elsewhere");
  thief.join("elsewhere", Resume{ana_.joined.id, ana_.joined.resume.secret, std::nullopt});
  EXPECT_NE(thief.joined.id, ana_.joined.id);
}

TEST_F(SpoofingTest, TheRightSecretTakesOverAndClosesTheOldConnectionWith4006) {
  // With and without the hint, so that the old connection is on the room's shard and on another.
  for (const char* hint : {"spoofing", ""}) {
    Caller old(port(), hint);
    old.join("spoofing");
    Caller fresh(port(), hint);
    fresh.join("spoofing", Resume{old.joined.id, old.joined.resume.secret, std::nullopt});
    EXPECT_EQ(fresh.joined.id, old.joined.id);
    EXPECT_EQ(old.receive_error(), ErrorCode::Replaced);
    EXPECT_EQ(old.socket().receive_close(), 4006);
    fresh.signal(ben_, "it is me");
    EXPECT_EQ(ben_.receive_a<SignalFrom>().from, old.joined.id);
  }
}

TEST_F(SpoofingTest, ALostParticipantComesBackAsItself) {
  std::optional<Caller> lost(std::in_place, port(), "spoofing");
  lost->join("spoofing");
  const Joined before = lost->joined;
  lost.reset();
  Participant seen;
  while (seen.id != before.id || seen.presence != Presence::Away) {
    seen = ben_.receive_a<ParticipantChanged>().participant;
  }
  Caller back(port(), "spoofing");
  back.join("spoofing", Resume{before.id, before.resume.secret, before.arrival});
  EXPECT_EQ(back.joined.id, before.id);
  EXPECT_EQ(back.joined.arrival, before.arrival);
  seen = ben_.receive_a<ParticipantChanged>().participant;
  EXPECT_EQ(seen.id, before.id);
  EXPECT_EQ(seen.presence, Presence::Here);
}

}  // namespace
}  // namespace parley::testing
