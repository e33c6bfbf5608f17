// What one side does about a path that stops working.
#include "core/call/peer.h"

#include <gtest/gtest.h>

#include "tests/core/call/peer_fixture.h"

namespace parley {
namespace {

TEST_F(PeerTest, AsksToHearOfSilenceOnceMediaFlow) {
  const auto watched = given<output::WatchLink>();
  ASSERT_EQ(watched.size(), 1u);
  EXPECT_EQ(watched[0].silent_after_milliseconds, 1000u);
}

TEST_F(PeerTest, SilenceIsMetWithASuccessorAtOnce) {
  given<output::View>();
  const auto silent = shown();
  peer_.fell_silent(effects_, around_, silent);
  EXPECT_EQ(peer_.state(), PeerState::Reconnecting);
  EXPECT_EQ(peer_.view().interruption, Interruption::Silent);
  peer_.time_passed(effects_, around_);
  const auto created = given<output::CreateLink>();
  ASSERT_EQ(created.size(), 1u);
  EXPECT_EQ(peer_.view().link, silent);
  EXPECT_EQ(peer_.view().successor, created[0].link);
}

TEST_F(PeerTest, TheSuccessorTakesThePlaceOnceItIsConnected) {
  begin_a_successor();
  negotiate();
  peer_.path_changed(effects_, around_, newest(), PathState::Connecting);
  EXPECT_TRUE(given<output::CloseLink>().empty());
  const auto successor = newest();
  peer_.path_changed(effects_, around_, successor, PathState::Connected);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_EQ(shown(), successor);
  EXPECT_FALSE(peer_.view().successor);
}

TEST_F(PeerTest, MediaThatComeTheOldWayCountWhileTheSuccessorIsNegotiated) {
  begin_a_successor();
  peer_.heard_again(effects_, around_, shown());
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_TRUE(peer_.view().successor);
  EXPECT_TRUE(peer_.next_timeout());
  peer_.fell_silent(effects_, around_, shown());
  EXPECT_EQ(peer_.view().interruption, Interruption::Silent);
}

TEST_F(PeerTest, APathThatIsThereAgainCountsWhileTheSuccessorIsNegotiated) {
  begin_a_successor();
  peer_.path_changed(effects_, around_, shown(), PathState::Disconnected);
  EXPECT_EQ(peer_.state(), PeerState::Reconnecting);
  peer_.path_changed(effects_, around_, shown(), PathState::Connected);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  peer_.path_changed(effects_, around_, shown(), PathState::Failed);
  EXPECT_EQ(peer_.view().interruption, Interruption::PathFailed);
}

TEST_F(PeerTest, TheLinkThatCarriedMediaOutlivesSuccessorsThatFail) {
  const auto silent = shown();
  begin_a_successor();
  for (int attempt = 2; attempt <= 6; ++attempt) wait_for_the_next_step();
  for (const auto& closed : given<output::CloseLink>()) EXPECT_NE(closed.link, silent);
  EXPECT_EQ(shown(), silent);
}

TEST_F(PeerTest, CandidatesOfTheLinkThatIsLeftAreNotSent) {
  begin_a_successor();
  given<output::View>();
  peer_.local_candidate(effects_, shown(), Candidate{});
  peer_.local_candidates_end(effects_, shown());
  EXPECT_TRUE(given<output::Send>().empty());
  peer_.local_candidate(effects_, newest(), Candidate{});
  EXPECT_EQ(given<output::Send>().size(), 1u);
}

TEST_F(PeerTest, AnOfferFromASuccessorIsAnsweredByOne) {
  const auto before = shown();
  given<output::View>();
  peer_.received(effects_, around_, Offer{OfferId(9), LinkId(8), Sdp("a=ice-ufrag:new\r\n"), {}});
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_EQ(shown(), before);
  EXPECT_NE(newest(), before);
}

TEST_F(PeerTest, WhoAnswersASuccessorLeavesTheMendingToTheOther) {
  peer_.fell_silent(effects_, around_, shown());
  peer_.received(effects_, around_, Offer{OfferId(9), LinkId(8), Sdp("a=ice-ufrag:new\r\n"), {}});
  given<output::View>();
  effects_.set_now(effects_.now() + Duration::seconds(3));
  peer_.time_passed(effects_, around_);
  EXPECT_TRUE(given<output::CreateLink>().empty());
}

TEST_F(PeerTest, EverythingIsClosedWithThePeer) {
  begin_a_successor();
  given<output::View>();
  peer_.close(effects_);
  EXPECT_EQ(given<output::CloseLink>().size(), 2u);
}

TEST_F(PeerTest, PacketsThatComeAgainEndTheInterruption) {
  peer_.fell_silent(effects_, around_, shown());
  peer_.heard_again(effects_, around_, shown());
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(peer_.view().interruption);
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(PeerTest, PacketsThatComeAgainBringAWholePicture) {
  begin_a_successor();
  peer_.heard_again(effects_, around_, shown());
  const auto refreshed = given<output::RefreshPictures>();
  ASSERT_EQ(refreshed.size(), 1u);
  EXPECT_EQ(refreshed[0].link, shown());
}

TEST_F(PeerTest, APathThatIsThereAgainBringsAWholePicture) {
  given<output::View>();
  peer_.path_changed(effects_, around_, shown(), PathState::Disconnected);
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
  peer_.path_changed(effects_, around_, shown(), PathState::Connected);
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
  begin_a_successor();
  effects_.set_now(effects_.now() + Duration::seconds(1));
  peer_.path_changed(effects_, around_, shown(), PathState::Connected);
  const auto refreshed = given<output::RefreshPictures>();
  ASSERT_EQ(refreshed.size(), 1u);
  EXPECT_EQ(refreshed[0].link, shown());
}

TEST_F(PeerTest, ANewPathNeedsNoWholePictureThatItDoesNotSendAnyway) {
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
  begin_a_successor();
  negotiate();
  peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
}

TEST_F(PeerTest, AnInterruptionThatEndsInTwoWaysBringsOneWholePicture) {
  begin_a_successor();
  peer_.path_changed(effects_, around_, shown(), PathState::Connected);
  effects_.set_now(effects_.now() + Duration::milliseconds(200));
  peer_.heard_again(effects_, around_, shown());
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
  effects_.set_now(effects_.now() + Duration::seconds(1));
  peer_.heard_again(effects_, around_, shown());
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
}

TEST_F(PeerTest, AnotherWayBringsAWholePictureOnlyWhereTheOldOneWasLost) {
  given<output::View>();
  peer_.rerouted(effects_, shown());
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
  begin_a_successor();
  peer_.rerouted(effects_, shown());
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
  peer_.heard_again(effects_, around_, shown());
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
}

TEST_F(PeerTest, WhereNothingComesBackWholePicturesAreRepeatedUntilItDoes) {
  begin_a_successor();
  for (std::uint32_t repeated = 0; repeated < 4; ++repeated) {
    effects_.set_now(effects_.now() + RecoveryPolicy().refresh_unheard_pause(repeated));
    EXPECT_LE(*peer_.next_timeout(), effects_.now());
    peer_.time_passed(effects_, around_);
    const auto refreshed = given<output::RefreshPictures>();
    ASSERT_EQ(refreshed.size(), 1u);
    EXPECT_EQ(refreshed[0].link, shown());
  }
  peer_.heard_again(effects_, around_, shown());
  given<output::View>();
  effects_.set_now(effects_.now() + Duration::seconds(2));
  peer_.time_passed(effects_, around_);
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
}

TEST_F(PeerTest, AnotherWayBringsASecondWholePictureSoon) {
  begin_a_successor();
  effects_.set_now(effects_.now() + Duration::seconds(3));
  peer_.time_passed(effects_, around_);
  peer_.rerouted(effects_, shown());
  given<output::View>();
  effects_.set_now(effects_.now() + RecoveryPolicy().refresh_unheard_pause(0));
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::RefreshPictures>().size(), 1u);
}

// A Firefox would lose what it hears with each.
TEST_F(PeerTest, WhoHearsSendsNoWholePicturesOverAPathThatIsLost) {
  begin_a_successor();
  peer_.path_changed(effects_, around_, shown(), PathState::Disconnected);
  peer_.heard_again(effects_, around_, shown());
  given<output::View>();
  effects_.set_now(effects_.now() + Duration::seconds(2));
  peer_.time_passed(effects_, around_);
  EXPECT_TRUE(given<output::RefreshPictures>().empty());
}

TEST_F(PeerTest, WhoHasNothingToSendIsSilentByRight) {
  ben_.media.audio = Sending::Off;
  peer_.record_changed(effects_, around_, ben_);
  peer_.fell_silent(effects_, around_, shown());
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(PeerTest, WhoIsBackAfterSilenceIsOfferedToAtOnce) {
  begin_a_successor();
  negotiate();
  ben_.presence = Presence::Away;
  peer_.record_changed(effects_, around_, ben_);
  ben_.presence = Presence::Here;
  peer_.record_changed(effects_, around_, ben_);
  given<output::View>();
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::RestartIce>().size(), 1u);
}

TEST_F(PeerTest, APathThatWasFoundSilentGetsNoSecondGrace) {
  peer_.fell_silent(effects_, around_, shown());
  const auto due = peer_.next_timeout();
  peer_.path_changed(effects_, around_, newest(), PathState::Disconnected);
  EXPECT_EQ(peer_.view().interruption, Interruption::PathLost);
  EXPECT_EQ(peer_.next_timeout(), due);
}

TEST_F(PeerTest, APathThatFallsSilentAgainSoonIsNotReplacedWhereItComesBack) {
  peer_.fell_silent(effects_, around_, shown());
  peer_.heard_again(effects_, around_, shown());
  peer_.fell_silent(effects_, around_, shown());
  given<output::View>();
  peer_.time_passed(effects_, around_);
  EXPECT_TRUE(given<output::CreateLink>().empty());
  peer_.heard_again(effects_, around_, shown());
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(PeerTest, APathThatFallsSilentAgainSoonIsReplacedWhereItStaysSo) {
  peer_.fell_silent(effects_, around_, shown());
  peer_.heard_again(effects_, around_, shown());
  peer_.fell_silent(effects_, around_, shown());
  effects_.set_now(effects_.now() + RecoveryPolicy().relapse_pauses[0]);
  given<output::View>();
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, AnotherNetworkEndsTheWaitForAPathThatMayComeBack) {
  peer_.fell_silent(effects_, around_, shown());
  peer_.heard_again(effects_, around_, shown());
  peer_.fell_silent(effects_, around_, shown());
  given<output::View>();
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, WhereASuccessorFindsNoPathARelayIsTriedBeforeAnother) {
  have_a_relay();
  fail(2);
  wait_for_the_next_step();
  const auto over_relay = given<output::SetIceServers>();
  ASSERT_EQ(over_relay.size(), 1u);
  EXPECT_EQ(over_relay[0].transport, Transport::Relay);
  negotiate();
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, AConnectionThatFailedBeforeItWasConnectedIsReplacedAtOnce) {
  peer_ = Peer(effects_, around_, ben_, std::nullopt);
  negotiate();
  peer_.path_changed(effects_, around_, newest(), PathState::Failed);
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, ARelayThatTakesTheCredentialsNoMoreIsNotTried) {
  have_a_relay();
  around_.ice_servers_until = effects_.now() + Duration::seconds(1);
  fail(2);
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, NewIceServersAreSetWithTheTransportThatIsInUse) {
  have_a_relay();
  fail(3);
  peer_.set_ice_servers(effects_, around_);
  const auto set = given<output::SetIceServers>();
  ASSERT_EQ(set.size(), 1u);
  EXPECT_EQ(set[0].transport, Transport::Relay);
}

TEST_F(PeerTest, NewIceServersDoNotDisturbAnAttemptThatIsUnderWay) {
  have_a_relay();
  fail(1);
  const auto planned = peer_.next_timeout();
  peer_.set_ice_servers(effects_, around_);
  EXPECT_EQ(peer_.next_timeout(), planned);
  EXPECT_TRUE(given<output::RestartIce>().empty());
}

TEST_F(PeerTest, WithoutARelayAnotherSuccessorComesAfterOneRestart) {
  fail(2);
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, AnotherNetworkIsTriedDirectlyAgain) {
  have_a_relay();
  fail(3);
  peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  given<output::View>();
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  const auto configured = given<output::SetIceServers>();
  ASSERT_EQ(configured.size(), 1u);
  EXPECT_EQ(configured[0].transport, Transport::All);
}

}  // namespace
}  // namespace parley
