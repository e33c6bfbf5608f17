// How a link that carried media gives way to its successor.
#include <gtest/gtest.h>

#include "tests/core/call/peer_fixture.h"

namespace parley {
namespace {

class HandoverTest : public PeerTest {
 protected:
  HandoverTest() {
    ben_.media.camera = Sending::On;
    peer_.record_changed(effects_, around_, ben_);
    given<output::View>();
  }

  // Media come over both links.
  void connect_a_successor() {
    begin_a_successor();
    peer_.heard_again(effects_, around_, shown());
    connect();
  }

  void connect() {
    negotiate();
    peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  }
};

TEST_F(HandoverTest, PicturesOfTheOldLinkAreSeenUntilTheSuccessorHasBroughtSome) {
  const auto old = shown();
  connect_a_successor();
  const auto awaited = given<output::AwaitPictures>();
  ASSERT_EQ(awaited.size(), 1u);
  EXPECT_EQ(awaited[0].link, newest());
  EXPECT_EQ(awaited[0].media, std::vector{Medium::Camera});
  EXPECT_NE(shown(), old);
  EXPECT_EQ(peer_.view().pictures, old);

  peer_.pictures_came(effects_, newest());
  const auto closed = given<output::CloseLink>();
  ASSERT_EQ(closed.size(), 1u);
  EXPECT_EQ(closed[0].link, old);
  EXPECT_FALSE(peer_.view().pictures);
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(HandoverTest, ASuccessorWithoutPicturesTakesOverAfterAWhile) {
  const auto old = shown();
  connect_a_successor();
  EXPECT_TRUE(given<output::CloseLink>().empty());
  EXPECT_EQ(*peer_.next_timeout(), effects_.now() + RecoveryPolicy().handover_within);
  wait_for_the_next_step();
  const auto closed = given<output::CloseLink>();
  ASSERT_EQ(closed.size(), 1u);
  EXPECT_EQ(closed[0].link, old);
  EXPECT_FALSE(peer_.view().pictures);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
}

TEST_F(HandoverTest, ALinkThatBringsNothingIsNotSeenButStaysForTheOtherSide) {
  begin_a_successor();
  connect();
  EXPECT_FALSE(peer_.view().pictures);
  EXPECT_TRUE(given<output::CloseLink>().empty());
  peer_.pictures_came(effects_, newest());
  EXPECT_EQ(given<output::CloseLink>().size(), 1u);
}

TEST_F(HandoverTest, ALinkThatFallsSilentMeanwhileIsSeenNoMore) {
  const auto old = shown();
  connect_a_successor();
  peer_.fell_silent(effects_, around_, old);
  EXPECT_FALSE(peer_.view().pictures);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
}

TEST_F(HandoverTest, WhatBecomesOfTheOldLinkSaysNothingOfThePath) {
  const auto old = shown();
  connect_a_successor();
  given<output::View>();
  peer_.path_changed(effects_, around_, old, PathState::Failed);
  peer_.heard_again(effects_, around_, old);
  peer_.local_candidate(effects_, old, Candidate{});
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(effects_.take());
}

TEST_F(HandoverTest, WhereNoPictureIsSentNoneIsWaitedFor) {
  ben_.media.camera = Sending::Off;
  peer_.record_changed(effects_, around_, ben_);
  connect_a_successor();
  EXPECT_TRUE(given<output::AwaitPictures>().empty());
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CloseLink>().size(), 1u);
}

TEST_F(HandoverTest, ASuccessorThatIsReplacedAtOnceEndsIt) {
  const auto old = shown();
  connect_a_successor();
  const auto first = newest();
  given<output::View>();
  peer_.path_changed(effects_, around_, first, PathState::Failed);
  peer_.time_passed(effects_, around_);
  given<output::View>();
  EXPECT_EQ(shown(), first);
  EXPECT_FALSE(peer_.view().pictures);
  peer_.close(effects_);
  const auto closed = given<output::CloseLink>();
  EXPECT_EQ(closed.size(), 2u);
  for (const auto& each : closed) EXPECT_NE(each.link, old);
}

TEST_F(HandoverTest, BothLinksAreClosedWithThePeer) {
  connect_a_successor();
  given<output::View>();
  peer_.close(effects_);
  EXPECT_EQ(given<output::CloseLink>().size(), 2u);
}

}  // namespace
}  // namespace parley
