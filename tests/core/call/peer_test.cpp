// What one side does about a path that stops working.
#include "core/call/peer.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

class PeerTest : public ::testing::Test {
 protected:
  // This side arrived later, made the offer, and is connected.
  PeerTest() {
    around_.own_arrival = Arrival(2);
    ben_.id = ParticipantId("ben");
    ben_.arrival = Arrival(1);
    ben_.media.audio = Sending::On;
    effects_.set_joined_socket(SocketId(1));
    peer_ = Peer(effects_, around_, ben_, std::nullopt);
    negotiate();
    peer_.path_changed(effects_, around_, PathState::Connected);
  }

  // Outputs since this was last called.
  template <class Wanted>
  std::vector<Wanted> given() {
    std::vector<Wanted> found;
    while (const auto output = effects_.take()) {
      if (const auto* match = std::get_if<Wanted>(&*output)) {
        found.push_back(*match);
      }
      if (const auto* set = std::get_if<output::SetLocal>(&*output)) pending_ = set->action;
      if (const auto* set = std::get_if<output::SetRemote>(&*output)) pending_ = set->action;
    }
    return found;
  }

  // The own offer is made, and answered by the same peer connection as before.
  void negotiate() {
    given<output::View>();
    peer_.action_done(effects_, around_, pending_, Sdp("a=ice-ufrag:me\r\n"));
    peer_.received(effects_, around_,
                   Answer{OfferId(++offers_), LinkId(7), Sdp("a=ice-ufrag:far\r\n")});
    given<output::View>();
    peer_.action_done(effects_, around_, pending_, std::nullopt);
  }

  void have_a_relay() {
    IceServer relay;
    relay.urls.push_back(Url("turn:turn.example.org"));
    around_.ice_servers.push_back(relay);
  }

  // The path fails, and so many attempts do not help.
  void fail(int attempts) {
    peer_.path_changed(effects_, around_, PathState::Failed);
    for (int attempt = 1; attempt <= attempts; ++attempt) {
      wait_for_the_next_step();
      negotiate();
    }
    given<output::View>();
  }

  void wait_for_the_next_step() {
    effects_.set_now(*peer_.next_timeout());
    peer_.time_passed(effects_, around_);
  }

  Effects effects_{1};
  Surroundings around_;
  Participant ben_;
  Peer peer_;
  ActionId pending_;
  std::uint32_t offers_ = 0;
};

TEST_F(PeerTest, AsksToHearOfSilenceOnceMediaFlow) {
  const auto watched = given<output::WatchLink>();
  ASSERT_EQ(watched.size(), 1u);
  EXPECT_EQ(watched[0].silent_after_milliseconds, 1000u);
}

TEST_F(PeerTest, SilenceIsMetWithAnIceRestartAtOnce) {
  given<output::View>();
  peer_.fell_silent(effects_, around_);
  EXPECT_EQ(peer_.state(), PeerState::Reconnecting);
  EXPECT_EQ(peer_.view().interruption, Interruption::Silent);
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::RestartIce>().size(), 1u);
}

TEST_F(PeerTest, PacketsThatComeAgainEndTheInterruption) {
  peer_.fell_silent(effects_, around_);
  peer_.heard_again(effects_, around_);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(peer_.view().interruption);
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(PeerTest, WhoHasNothingToSendIsSilentByRight) {
  ben_.media.audio = Sending::Off;
  peer_.record_changed(effects_, around_, ben_);
  peer_.fell_silent(effects_, around_);
  EXPECT_EQ(peer_.state(), PeerState::Connected);
  EXPECT_FALSE(peer_.next_timeout());
}

TEST_F(PeerTest, SilenceAloneNeverCostsTheConnection) {
  peer_.fell_silent(effects_, around_);
  for (std::uint32_t attempt = 1; attempt <= RecoveryPolicy::attempts_in_silence; ++attempt) {
    wait_for_the_next_step();
    negotiate();
  }
  wait_for_the_next_step();
  EXPECT_TRUE(given<output::CreateLink>().empty());
  EXPECT_FALSE(peer_.next_timeout());
  EXPECT_EQ(peer_.state(), PeerState::Reconnecting);
}

TEST_F(PeerTest, AnOfferThatIsNotAnsweredIsRepeatedHoweverLongTheSilence) {
  peer_.fell_silent(effects_, around_);
  for (int attempt = 1; attempt <= 7; ++attempt) {
    given<output::View>();
    wait_for_the_next_step();
    ASSERT_EQ(given<output::RestartIce>().size(), 1u) << attempt;
    peer_.action_done(effects_, around_, pending_, Sdp("a=ice-ufrag:me\r\n"));
  }
  EXPECT_TRUE(given<output::CreateLink>().empty());
}

TEST_F(PeerTest, WhoIsBackAfterSilenceIsOfferedToAtOnce) {
  peer_.fell_silent(effects_, around_);
  for (std::uint32_t attempt = 1; attempt <= RecoveryPolicy::attempts_in_silence; ++attempt) {
    wait_for_the_next_step();
    negotiate();
  }
  ben_.presence = Presence::Away;
  peer_.record_changed(effects_, around_, ben_);
  ben_.presence = Presence::Here;
  peer_.record_changed(effects_, around_, ben_);
  given<output::View>();
  peer_.time_passed(effects_, around_);
  EXPECT_EQ(given<output::RestartIce>().size(), 1u);
}

TEST_F(PeerTest, APathThatWasFoundSilentGetsNoSecondGrace) {
  peer_.fell_silent(effects_, around_);
  const auto due = peer_.next_timeout();
  peer_.path_changed(effects_, around_, PathState::Disconnected);
  EXPECT_EQ(peer_.view().interruption, Interruption::PathLost);
  EXPECT_EQ(peer_.next_timeout(), due);
}

TEST_F(PeerTest, WhereRestartsDoNotHelpARelayIsTriedBeforeANewConnection) {
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
  peer_.path_changed(effects_, around_, PathState::Failed);
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

TEST_F(PeerTest, WithoutARelayANewConnectionComesAfterTwoRestarts) {
  fail(2);
  wait_for_the_next_step();
  EXPECT_EQ(given<output::CreateLink>().size(), 1u);
}

TEST_F(PeerTest, AnotherNetworkIsTriedDirectlyAgain) {
  have_a_relay();
  fail(3);
  peer_.path_changed(effects_, around_, PathState::Connected);
  given<output::View>();
  peer_.hint(effects_, around_, HintCause::NetworkChanged);
  const auto configured = given<output::SetIceServers>();
  ASSERT_EQ(configured.size(), 1u);
  EXPECT_EQ(configured[0].transport, Transport::All);
}

}  // namespace
}  // namespace parley
