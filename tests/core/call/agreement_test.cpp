// An offer and its answer take their time: what a peer does, and lets be, until both sides have
// them.

#include <algorithm>

#include "tests/core/call/peer_fixture.h"

namespace parley {
namespace {

constexpr auto offer_from_ben = [](std::uint32_t offer, std::uint32_t link) {
  return Offer{OfferId(offer), LinkId(link), Sdp("a=ice-ufrag:far\r\n"), {}};
};

class AgreementTest : public PeerTest {
 protected:
  // The description that is being set is, and the browser has made `sdp` of it.
  void set(const std::optional<Sdp>& sdp) {
    given<output::View>();
    peer_.action_done(effects_, around_, pending_, sdp);
  }

  void offer_is_made() { set(Sdp("a=ice-ufrag:me\r\n")); }
  void answer_is_made() { set(Sdp("a=ice-ufrag:me\r\n")); }

  // Goes on for `span`, and tells how many offers were begun in it.
  int negotiations_begun_within(Duration span) {
    const auto until = effects_.now() + span;
    int begun = 0;
    while (true) {
      const auto next = peer_.next_timeout();
      if (!next || *next > until) break;
      wait_for_the_next_step();
      while (const auto output = effects_.take()) {
        const auto* set = std::get_if<output::SetLocal>(&*output);
        if (set) pending_ = set->action;
        begun += set && set->kind == DescriptionKind::Offer;
      }
    }
    effects_.set_now(until);
    return begun;
  }

  const RecoveryPolicy policy_{};
  // The steps that are skipped until then come at most so far apart.
  const Duration longest_pause_ = *std::max_element(policy_.pauses.begin(), policy_.pauses.end());
};

TEST_F(AgreementTest, AnOfferIsNotRepeatedWhileItsAnswerMayStillCome) {
  begin_a_successor();
  offer_is_made();
  EXPECT_EQ(negotiations_begun_within(policy_.agree_within - Duration::milliseconds(1)), 0);
}

TEST_F(AgreementTest, AnAnswerThatTakesLongCounts) {
  begin_a_successor();
  offer_is_made();
  negotiations_begun_within(policy_.agree_within - Duration::seconds(1));
  peer_.received(effects_, around_, Answer{OfferId(2), LinkId(8), Sdp("a=ice-ufrag:far\r\n")});
  set(std::nullopt);
  peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(peer_.view().successor);
}

TEST_F(AgreementTest, WhoTookLongToAnswerIsGivenAsLongToFindThePath) {
  begin_a_successor();
  offer_is_made();
  const auto answers_within = policy_.agree_within - Duration::seconds(1);
  negotiations_begun_within(answers_within);
  peer_.received(effects_, around_, Answer{OfferId(2), LinkId(8), Sdp("a=ice-ufrag:far\r\n")});
  set(std::nullopt);
  EXPECT_EQ(negotiations_begun_within(answers_within - Duration::milliseconds(1)), 0);
  EXPECT_GT(negotiations_begun_within(longest_pause_), 0);
}

TEST_F(AgreementTest, AnOfferThatIsNeverAnsweredIsRepeatedHoweverLongTheSilence) {
  begin_a_successor();
  for (int attempt = 2; attempt <= 7; ++attempt) {
    offer_is_made();
    const auto latest = effects_.now() + policy_.agree_within + longest_pause_;
    while (effects_.now() < latest && negotiations_begun_within(Duration::seconds(1)) == 0) {
    }
    ASSERT_LT(effects_.now(), latest) << attempt;
  }
}

TEST_F(AgreementTest, AnOfferThatIsUnderWayWhenThePathComesIsRepeatedWhereNobodyAnswers) {
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  offer_is_made();
  peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  EXPECT_EQ(negotiations_begun_within(policy_.agree_within + longest_pause_), 1);
}

TEST_F(AgreementTest, TheOthersOfferIsNotThrownAwayWhileItsAnswerIsBeingMade) {
  peer_.received(effects_, around_, offer_from_ben(1, 8));
  peer_.fell_silent(effects_, around_, shown());
  EXPECT_EQ(negotiations_begun_within(Link::action_within - Duration::milliseconds(1)), 0);
  set(std::nullopt);
  answer_is_made();
  EXPECT_EQ(given<output::Send>().size(), 1u);
}

TEST_F(AgreementTest, AnOfferThatCameWhileTheOwnWasBeingMadeIsAnsweredAndTheOwnIsNotSent) {
  around_.own_arrival = Arrival(0);  // the earlier one gives way
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  given<output::View>();
  peer_.received(effects_, around_, offer_from_ben(1, 7));
  EXPECT_TRUE(given<output::SetRemote>().empty()) << "not while the own one is being set";

  peer_.action_done(effects_, around_, pending_, Sdp("a=ice-ufrag:me\r\n"));
  std::size_t taken = 0;
  while (const auto output = effects_.take()) {
    EXPECT_FALSE(std::holds_alternative<output::Send>(*output));
    taken += std::holds_alternative<output::SetRemote>(*output);
  }
  EXPECT_EQ(taken, 1u);
}

TEST_F(AgreementTest, AReasonToHopeEndsTheWaitForAnAnswer) {
  begin_a_successor();
  offer_is_made();
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  EXPECT_EQ(negotiations_begun_within(Duration()), 1);
}

TEST_F(AgreementTest, AnOfferThatTheBrowserRefusesIsTriedOnceMoreByAnotherLink) {
  peer_.received(effects_, around_, offer_from_ben(1, 8));
  given<output::View>();
  peer_.action_failed(effects_, around_, pending_);
  given<output::View>();
  wait_for_the_next_step();
  const auto links = given<output::CreateLink>();
  ASSERT_EQ(links.size(), 1u);
  EXPECT_EQ(links.front().role, LinkRole::Answering);

  peer_.action_failed(effects_, around_, pending_);
  EXPECT_EQ(negotiations_begun_within(policy_.disconnected_grace + policy_.yield), 1);
}

}  // namespace
}  // namespace parley
