#include "core/call/link.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

class LinkTest : public ::testing::Test {
 protected:
  template <class Wanted>
  std::optional<Wanted> emitted() {
    std::optional<Wanted> found;
    while (auto output = effects_.take()) {
      if (auto* const match = std::get_if<Wanted>(&*output)) found = *match;
    }
    return found;
  }

  Link settled() {
    Link link(effects_, LinkRole::Answering, {});
    const Offer offer{OfferId(7), LinkId(3), Sdp("a=ice-ufrag:far\r\n"), {}};
    link.take_offer(effects_, offer);
    link.action_done(effects_, emitted<output::SetRemote>()->action, std::nullopt);
    link.action_done(effects_, emitted<output::SetLocal>()->action, Sdp("a=ice-ufrag:near\r\n"));
    link.admit_candidates(effects_, offer);
    return link;
  }

  Effects effects_{1};
};

TEST_F(LinkTest, MakesAnOfferAndTakesItsAnswerOnly) {
  Link link(effects_, LinkRole::Offering, {});
  link.make_offer(effects_, false);
  const auto set_local = emitted<output::SetLocal>();
  EXPECT_EQ(set_local->kind, DescriptionKind::Offer);
  const auto event = link.action_done(effects_, set_local->action, Sdp("offer"));
  const auto made = std::get<link_event::OfferMade>(*event);
  EXPECT_EQ(made.sdp.value(), "offer");
  EXPECT_FALSE(link.take_answer(effects_, Answer{made.offer.next(), LinkId(1), Sdp("late")}));
  EXPECT_TRUE(link.take_answer(effects_, Answer{made.offer, LinkId(1), Sdp("answer")}));
  const auto settled = link.action_done(effects_, emitted<output::SetRemote>()->action, {});
  EXPECT_TRUE(std::holds_alternative<link_event::Settled>(*settled));
  EXPECT_EQ(link.state(), Link::State::Settled);
}

TEST_F(LinkTest, AnswersAnOfferWithItsNumber) {
  Link link(effects_, LinkRole::Answering, {});
  link.take_offer(effects_, Offer{OfferId(7), LinkId(3), Sdp("offer"), {}});
  EXPECT_FALSE(link.action_done(effects_, emitted<output::SetRemote>()->action, {}));
  const auto event = link.action_done(effects_, emitted<output::SetLocal>()->action, Sdp("answer"));
  EXPECT_EQ(std::get<link_event::AnswerMade>(*event).offer.id, OfferId(7));
}

TEST_F(LinkTest, HoldsCandidatesBackUntilTheAnswerIsOnItsWay) {
  Link link(effects_, LinkRole::Answering, {});
  const Candidate candidate{CandidateText("c"), {}, {}, Fragment("far")};
  link.take_candidate(effects_, candidate);
  EXPECT_FALSE(emitted<output::AddCandidate>());
  const Offer offer{OfferId(7), LinkId(3), Sdp("a=ice-ufrag:far\r\n"), {candidate}};
  link.take_offer(effects_, offer);
  link.action_done(effects_, emitted<output::SetRemote>()->action, {});
  const auto action = emitted<output::SetLocal>()->action;
  link.take_candidate(effects_, candidate);
  link.action_done(effects_, action, Sdp("answer"));
  EXPECT_FALSE(emitted<output::AddCandidate>());
  link.admit_candidates(effects_, offer);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(std::holds_alternative<output::AddCandidate>(*effects_.take()));
  }
  EXPECT_FALSE(effects_.take());
}

TEST_F(LinkTest, ACandidateThatFailsIsNoLoss) {
  auto link = settled();
  link.take_candidate(effects_, {CandidateText("c"), {}, {}, Fragment("far")});
  const auto action = emitted<output::AddCandidate>()->action;
  EXPECT_TRUE(link.owns(action));
  EXPECT_FALSE(link.action_failed(effects_, action));
  EXPECT_EQ(link.state(), Link::State::Settled);
}

TEST_F(LinkTest, BreaksWhenADescriptionFails) {
  auto link = settled();
  link.make_offer(effects_, true);
  const auto event = link.action_failed(effects_, emitted<output::SetLocal>()->action);
  EXPECT_TRUE(std::holds_alternative<link_event::Broke>(*event));
  EXPECT_EQ(link.state(), Link::State::Broken);
}

TEST_F(LinkTest, BreaksWhenADescriptionTakesTooLong) {
  auto link = settled();
  link.make_offer(effects_, true);
  ASSERT_EQ(link.next_timeout(), effects_.now() + Link::action_within);
  effects_.set_now(*link.next_timeout() - Duration::microseconds(1));
  EXPECT_FALSE(link.time_passed(effects_));
  effects_.set_now(*link.next_timeout());
  EXPECT_TRUE(std::holds_alternative<link_event::Broke>(*link.time_passed(effects_)));
  EXPECT_FALSE(link.next_timeout());
}

TEST_F(LinkTest, RestartsIceBeforeTheOfferThatBeginsTheGeneration) {
  auto link = settled();
  link.make_offer(effects_, true);
  EXPECT_TRUE(std::holds_alternative<output::RestartIce>(*effects_.take()));
  EXPECT_TRUE(std::holds_alternative<output::SetLocal>(*effects_.take()));
}

TEST_F(LinkTest, MayOfferAgainWhenTheOfferBeforeGotLost) {
  auto link = settled();
  link.make_offer(effects_, true);
  link.action_done(effects_, emitted<output::SetLocal>()->action, Sdp("one"));
  EXPECT_TRUE(link.is_idle());
  link.make_offer(effects_, true);
  const auto again = link.action_done(effects_, emitted<output::SetLocal>()->action, Sdp("two"));
  EXPECT_EQ(std::get<link_event::OfferMade>(*again).sdp.value(), "two");
}

}  // namespace
}  // namespace parley
