#include "server/signaling/ice_server_issuer.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using Clock = IceServerIssuer::Clock;

const Clock::time_point now(std::chrono::seconds(1'000));
const ParticipantId ana("ana");

TurnOptions two_relays() {
  TurnOptions turn;
  turn.servers = {"turn:a.example?transport=udp", "turns:a.example:443?transport=tcp"};
  turn.secret.bytes = "north";
  turn.ttl = std::chrono::seconds(600);
  return turn;
}

TEST(IceServerIssuer, GivesNothingThatExpiresWhereThereIsNoRelay) {
  const IceServerIssuer issuer({"stun:a.example"}, {});
  EXPECT_EQ(issuer.for_participant(ana, now), issuer.for_everybody());
  EXPECT_EQ(issuer.expire_in_seconds(), std::nullopt);
}

TEST(IceServerIssuer, KeepsRelaysFromThoseWhoHaveNotJoined) {
  const IceServerIssuer issuer({"stun:a.example"}, two_relays());
  ASSERT_EQ(issuer.for_everybody().size(), 1u);
  EXPECT_FALSE(issuer.for_everybody()[0].credential);
}

TEST(IceServerIssuer, GivesAParticipantCredentialsOfItsOwn) {
  const IceServerIssuer issuer({"stun:a.example"}, two_relays());
  const auto servers = issuer.for_participant(ana, now);
  ASSERT_EQ(servers.size(), 2u);
  EXPECT_EQ(servers[1].urls.size(), 2u);
  EXPECT_EQ(servers[1].username->value(), "1600:ana");
  EXPECT_TRUE(servers[1].credential);
  EXPECT_EQ(issuer.expire_in_seconds(), 600u);
}

TEST(IceServerIssuer, RenewsThemFromThePresentMoment) {
  const IceServerIssuer issuer({}, two_relays());
  const auto renewal = issuer.renewal(ana, now + std::chrono::seconds(300));
  ASSERT_EQ(renewal.ice_servers.size(), 1u);
  EXPECT_EQ(renewal.ice_servers[0].username->value(), "1900:ana");
  EXPECT_EQ(renewal.ice_servers_expire_in_seconds, 600u);
}

}  // namespace
}  // namespace parley
