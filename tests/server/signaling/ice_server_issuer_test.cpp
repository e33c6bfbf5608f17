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

TEST(IceServerIssuer, NamesItsOwnRelayAsTheParticipantReachedTheServer) {
  TurnOptions turn;
  turn.ttl = std::chrono::seconds(600);
  IceServerIssuer issuer({}, turn, OwnRelay{"south", "127.0.0.1"});
  EXPECT_TRUE(issuer.for_participant(ana, now, "a.example").empty());
  issuer.own_relay_listens_at(8443);
  const auto url = [&](std::string_view host) {
    const auto servers = issuer.for_participant(ana, now, host);
    return servers.empty() ? std::string() : servers.front().urls.at(1).value();
  };
  EXPECT_EQ(url("a.example"), "turn:a.example:8443?transport=udp");
  EXPECT_EQ(url("a.example:443"), "turn:a.example:8443?transport=udp");
  EXPECT_EQ(url("192.0.2.1:8443"), "turn:192.0.2.1:8443?transport=udp");
  EXPECT_EQ(url("[2001:db8::1]"), "turn:[2001:db8::1]:8443?transport=udp");
  EXPECT_EQ(url("[2001:db8::1]:443"), "turn:[2001:db8::1]:8443?transport=udp");
  EXPECT_EQ(url("localhost:8443"), "turn:127.0.0.1:8443?transport=udp");
  EXPECT_EQ(url(""), "");
  EXPECT_EQ(url("a b"), "");
  EXPECT_EQ(url("a.example/x"), "");
  EXPECT_TRUE(issuer.for_everybody().empty());
  EXPECT_EQ(issuer.expire_in_seconds(), 600u);
  EXPECT_EQ(issuer.for_participant(ana, now, "a.example")[0].username->value(), "1600:ana");
}

TEST(IceServerIssuer, NamesEveryWayToItsOwnRelay) {
  for (const auto tls : {OwnRelay::Tls::Off, OwnRelay::Tls::On}) {
    IceServerIssuer issuer({}, {}, OwnRelay{"south", "127.0.0.1", tls});
    issuer.own_relay_listens_at(443);
    std::vector<std::string> urls;
    const auto servers = issuer.for_participant(ana, now, "a.example");
    for (const auto& url : servers.at(0).urls) urls.push_back(url.value());
    std::vector<std::string> expected{"stun:a.example:443", "turn:a.example:443?transport=udp",
                                      "turn:a.example:443?transport=tcp"};
    if (tls == OwnRelay::Tls::On) expected.emplace_back("turns:a.example:443?transport=tcp");
    EXPECT_EQ(urls, expected);
    const auto here = issuer.for_participant(ana, now, "localhost").at(0).urls;
    EXPECT_EQ(here[1].value(), "turn:127.0.0.1:443?transport=udp");
    if (tls == OwnRelay::Tls::Off) continue;
    EXPECT_EQ(here.at(3).value(), "turns:localhost:443?transport=tcp");
  }
}

TEST(IceServerIssuer, NamesOtherRelaysBesideItsOwn) {
  IceServerIssuer issuer({"stun:a.example"}, two_relays(), OwnRelay{"south", "127.0.0.1"});
  issuer.own_relay_listens_at(8443);
  const auto servers = issuer.for_participant(ana, now, "b.example");
  ASSERT_EQ(servers.size(), 3u);
  EXPECT_NE(servers[1].credential, servers[2].credential);
}

}  // namespace
}  // namespace parley
