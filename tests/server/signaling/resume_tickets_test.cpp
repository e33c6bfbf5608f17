#include "server/signaling/resume_tickets.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using std::chrono::seconds;

class ResumeTicketsTest : public ::testing::Test {
 protected:
  bool accepts(const std::string& room, const std::string& id, const std::string& secret) const {
    return check(room, id, secret).has_value();
  }
  std::optional<Standing> check(const std::string& room, const std::string& id,
                                const std::string& secret) const {
    return tickets_.check(RoomId(room), {ParticipantId(id), Secret(secret), {}}, now_);
  }

  const ResumeTickets tickets_{ResumeKey{std::string(ResumeKey::size, 'k')}};
  ResumeTickets::Clock::time_point now_{seconds(1'800'000'000)};
  std::string issue(Standing standing) const {
    return tickets_.issue(RoomId("a"), ParticipantId("ana"), standing, now_).value();
  }
  const std::string issued_ = issue(Standing::Successor);
};

TEST_F(ResumeTicketsTest, AcceptsItsOwn) { EXPECT_TRUE(accepts("a", "ana", issued_)); }

TEST_F(ResumeTicketsTest, AcceptsThoseOfAServerWithTheSameKey) {
  const ResumeTickets restarted(ResumeKey{std::string(ResumeKey::size, 'k')});
  EXPECT_TRUE(restarted.check(RoomId("a"), {ParticipantId("ana"), Secret(issued_), {}}, now_));
  const ResumeTickets other(ResumeKey{std::string(ResumeKey::size, 'o')});
  EXPECT_FALSE(other.check(RoomId("a"), {ParticipantId("ana"), Secret(issued_), {}}, now_));
}

TEST_F(ResumeTicketsTest, RefusesAnotherRoomOrParticipant) {
  EXPECT_FALSE(accepts("b", "ana", issued_));
  EXPECT_FALSE(accepts("a", "ben", issued_));
  EXPECT_FALSE(accepts("aa", "na", issued_));
}

TEST_F(ResumeTicketsTest, RefusesEveryOtherText) {
  for (std::size_t at = 0; at < issued_.size(); ++at) {
    auto changed = issued_;
    changed[at] = changed[at] == '0' ? '1' : '0';
    EXPECT_FALSE(accepts("a", "ana", changed)) << at;
    EXPECT_FALSE(accepts("a", "ana", issued_.substr(0, at))) << at;
  }
  EXPECT_FALSE(accepts("a", "ana", issued_ + "0"));
}

TEST_F(ResumeTicketsTest, KeepWhatTheirHolderMayDo) {
  for (const auto standing : {Standing::Guest, Standing::Successor, Standing::Host}) {
    EXPECT_EQ(check("a", "ana", issue(standing)), standing);
  }
}

TEST_F(ResumeTicketsTest, NobodyMakesAHostOfItself) {
  auto forged = issue(Standing::Guest);
  const auto at = forged.find('g');
  ASSERT_NE(at, std::string::npos);
  forged[at] = 'h';
  EXPECT_FALSE(accepts("a", "ana", forged));
}

TEST_F(ResumeTicketsTest, AreGoodForADay) {
  now_ += ResumeTickets::good_for - seconds(1);
  EXPECT_TRUE(accepts("a", "ana", issued_));
  now_ += seconds(1);
  EXPECT_FALSE(accepts("a", "ana", issued_));
}

}  // namespace
}  // namespace parley
