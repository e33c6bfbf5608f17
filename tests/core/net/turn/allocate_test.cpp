// Allocate and Refresh (RFC 8656 sections 7 and 8).
#include "tests/core/net/turn/turn_world.h"

namespace parley::testing {
namespace {

class Allocate : public TurnTest {};

TEST_F(Allocate, AnnouncesTheOuterAddressAndBindsTheInner) {
  const Answer answer = ask(client(), allocation());
  ASSERT_TRUE(answer.is_success());
  const auto relayed = answer.address(Attribute::XorRelayedAddress);
  EXPECT_EQ(to_string(relayed.ip), "203.0.113.5");
  EXPECT_GE(relayed.port, 49152);
  EXPECT_EQ(answer.address(Attribute::XorMappedAddress), client().remote);
  EXPECT_EQ(answer.lifetime(), 600u);
  ASSERT_EQ(sockets_.sockets.size(), 1u);
  EXPECT_EQ(sockets_.sockets.begin()->second,
            (TransportAddress{at("10.0.0.5:1").ip, relayed.port}));
}

TEST_F(Allocate, TheSameRequestAgainGetsTheSameAnswer) {
  const Answer first = ask(client(), allocation().with(Attribute::EvenPort, {0x80}));
  const Answer second = again(client());
  EXPECT_EQ(first.bytes, second.bytes);
  EXPECT_EQ(machine_->allocation_count(), 1u);
  EXPECT_EQ(ask(client(), allocation()).error(), 437u);
}

TEST_F(Allocate, TheSameRequestFromAnotherClientIsAnother) {
  const auto first = allocate(client(1));
  const auto second = allocate(client(2));
  EXPECT_NE(first, second);
  auto over_tcp = client(1);
  over_tcp.transport = turn::Transport::Tcp;
  EXPECT_NE(allocate(over_tcp), first);
  EXPECT_EQ(machine_->allocation_count(), 3u);
}

TEST_F(Allocate, RefusesOtherTransportsAndMalformedWishes) {
  const auto error = [&](const Ask& what) { return ask(client(), what).error(); };
  EXPECT_EQ(error(Ask{stun::Method::Allocate, {}, {}}), 400u);
  EXPECT_EQ(error(Ask{stun::Method::Allocate, {{Attribute::RequestedTransport, {6, 0, 0, 0}}}, {}}),
            442u);
  EXPECT_EQ(error(Ask{stun::Method::Allocate, {{Attribute::RequestedTransport, {17}}}, {}}), 400u);
  EXPECT_EQ(error(allocation().with(Attribute::RequestedAddressFamily, {9, 0, 0, 0})), 440u);
  EXPECT_EQ(error(allocation().with(Attribute::RequestedAddressFamily, {1})), 400u);
  EXPECT_EQ(error(allocation().with(Attribute::AdditionalAddressFamily, {1, 0, 0, 0})), 400u);
  EXPECT_EQ(error(allocation()
                      .with(Attribute::AdditionalAddressFamily, {2, 0, 0, 0})
                      .with(Attribute::RequestedAddressFamily, {1, 0, 0, 0})),
            400u);
  EXPECT_EQ(error(allocation()
                      .with(Attribute::AdditionalAddressFamily, {2, 0, 0, 0})
                      .with(Attribute::EvenPort, {0x80})),
            400u);
  EXPECT_EQ(error(allocation().with(Attribute::EvenPort, {0x80, 0})), 400u);
  EXPECT_EQ(error(allocation()
                      .with(Attribute::ReservationToken, {1, 2, 3, 4, 5, 6, 7, 8})
                      .with(Attribute::EvenPort, {0})),
            400u);
  EXPECT_EQ(error(allocation().with(Attribute::ReservationToken, {1, 2, 3})), 400u);
  EXPECT_EQ(error(allocation().with(Attribute::ReservationToken, {1, 2, 3, 4, 5, 6, 7, 8})), 508u);
  EXPECT_EQ(error(allocation().with(Attribute::DontFragment, {})), 420u);
  EXPECT_EQ(machine_->allocation_count(), 0u);
  EXPECT_TRUE(sockets_.sockets.empty());
}

TEST_F(Allocate, GivesTheFamilyThatIsAskedFor) {
  const Answer answer =
      ask(client(), allocation().with(Attribute::RequestedAddressFamily, {2, 0, 0, 0}));
  EXPECT_EQ(to_string(answer.address(Attribute::XorRelayedAddress).ip), "2001:db8::5");
  make([](turn::MachineOptions& options) { options.relay_addresses.pop_back(); });
  EXPECT_EQ(
      ask(client(), allocation().with(Attribute::RequestedAddressFamily, {2, 0, 0, 0})).error(),
      440u);
}

TEST_F(Allocate, GivesBothFamiliesOrSaysWhyNot) {
  const auto both = allocation().with(Attribute::AdditionalAddressFamily, {2, 0, 0, 0});
  const Answer answer = ask(client(), both);
  std::vector<std::string> relayed;
  for (const auto each : *answer.message) {
    if (each.is(Attribute::XorRelayedAddress)) {
      relayed.push_back(to_string(answer.message->decode_address(each.value)->ip));
    }
  }
  EXPECT_EQ(relayed, (std::vector<std::string>{"203.0.113.5", "2001:db8::5"}));
  EXPECT_EQ(sockets_.sockets.size(), 2u);
  // One of them can be given back alone (section 8.2).
  EXPECT_TRUE(ask(client(), refresh(0, 0).with(Attribute::RequestedAddressFamily, {2, 0, 0, 0}))
                  .is_success());
  EXPECT_EQ(sockets_.sockets.size(), 1u);
  EXPECT_EQ(
      ask(client(), refresh(0, 0).with(Attribute::RequestedAddressFamily, {2, 0, 0, 0})).error(),
      443u);
  EXPECT_EQ(ask(client(), permission("[2001:db8::1]:1")).error(), 443u);
  EXPECT_TRUE(ask(client(), refresh(0, 0).with(Attribute::RequestedAddressFamily, {1, 0, 0, 0}))
                  .is_success());
  EXPECT_EQ(machine_->allocation_count(), 0u);

  make([](turn::MachineOptions& options) { options.relay_addresses.pop_back(); });
  const Answer one = ask(client(), both);
  EXPECT_TRUE(one.is_success());
  EXPECT_EQ(one.message->find_number(Attribute::AddressErrorCode), 0x02000428u);
}

TEST_F(Allocate, EvenPortsAreEvenAndTheNextIsKeptForItsToken) {
  for (std::uint16_t port = 1; port < 20; ++port) {
    const Answer even = ask(client(port), allocation().with(Attribute::EvenPort, {0}),
                            username(std::to_string(port)));
    EXPECT_EQ(even.address(Attribute::XorRelayedAddress).port % 2, 0);
    EXPECT_FALSE(even.message->find(Attribute::ReservationToken));
  }
  const Answer pair = ask(client(100), allocation().with(Attribute::EvenPort, {0x80}));
  const auto even = pair.address(Attribute::XorRelayedAddress);
  EXPECT_EQ(even.port % 2, 0);
  const auto token = *pair.message->find(Attribute::ReservationToken);
  const auto claim = allocation().with(Attribute::ReservationToken, {token.begin(), token.end()});
  EXPECT_EQ(ask(client(101), claim).address(Attribute::XorRelayedAddress).port, even.port + 1);
  EXPECT_EQ(ask(client(102), claim).error(), 508u);
}

TEST_F(Allocate, AReservationLastsHalfAMinute) {
  const Answer pair = ask(client(1), allocation().with(Attribute::EvenPort, {0x80}));
  const auto token = *pair.message->find(Attribute::ReservationToken);
  EXPECT_EQ(sockets_.sockets.size(), 2u);
  EXPECT_EQ(machine_->next_timeout(), now_ + turn::Machine::reservation_lifetime);
  pass(turn::Machine::reservation_lifetime);
  EXPECT_EQ(sockets_.sockets.size(), 1u);
  EXPECT_EQ(
      ask(client(2), allocation().with(Attribute::ReservationToken, {token.begin(), token.end()}))
          .error(),
      508u);
}

TEST_F(Allocate, PortsInUseByOthersAreSteppedOver) {
  make([](turn::MachineOptions& options) { options.ports = {50000, 50003}; });
  sockets_.taken = {50000, 50001, 50003};
  EXPECT_EQ(allocate(client(1)).port, 50002);
  const Answer full = ask(client(2), allocation());
  EXPECT_EQ(full.error(), 508u);
  EXPECT_EQ(ask(client(2), allocation().with(Attribute::EvenPort, {0x80})).error(), 508u);
  EXPECT_EQ(sockets_.sockets.size(), 1u);
  EXPECT_LT(sockets_.attempts, 300);
}

TEST_F(Allocate, MachinesShareThePortsOut) {
  std::set<std::uint16_t> ports;
  for (unsigned index = 0; index < 3; ++index) {
    make([&](turn::MachineOptions& options) {
      options.ports = {50001, 50010};
      options.share = {index, 3};
    });
    quota_per_user_ = 100;
    for (std::uint16_t port = 1; port < 20; ++port) {
      const Answer answer = ask(client(port), allocation(), username(std::to_string(port)));
      if (!answer.is_success()) continue;
      const auto relayed = answer.address(Attribute::XorRelayedAddress).port;
      EXPECT_EQ(turn::Share::of(relayed, 3), index);
      EXPECT_TRUE(ports.insert(relayed).second) << relayed;
    }
  }
  EXPECT_EQ(ports.size(), 10u);
}

TEST_F(Allocate, AUserHasOnlySoMany) {
  for (std::uint16_t port = 0; port < 10; ++port) allocate(client(port));
  EXPECT_EQ(ask(client(10), allocation()).error(), 486u);
  const auto renewed = std::to_string(start_of_time + 7200) + ":ana";
  EXPECT_EQ(ask(client(10), allocation(), renewed).error(), 486u);
  EXPECT_TRUE(ask(client(10), allocation(), username("bo")).is_success());
  EXPECT_TRUE(ask(client(3), refresh(0, 0)).is_success());
  EXPECT_TRUE(ask(client(11), allocation()).is_success());
}

TEST_F(Allocate, LifetimesAreBetweenTenMinutesAndAnHour) {
  EXPECT_EQ(ask(client(1), allocation().with(Attribute::Lifetime, {0, 0, 0, 1})).lifetime(), 600u);
  EXPECT_EQ(ask(client(2), allocation().with(Attribute::Lifetime, {0, 0, 4, 0})).lifetime(), 1024u);
  EXPECT_EQ(ask(client(3), allocation().with(Attribute::Lifetime, {255, 255, 255, 255})).lifetime(),
            3600u);
}

TEST_F(Allocate, ExpiresUnlessItIsRefreshed) {
  const auto relayed = allocate(client());
  EXPECT_EQ(machine_->next_timeout(), now_ + Duration::seconds(600));
  pass(Duration::seconds(599));
  EXPECT_EQ(ask(client(), refresh(2, 0x58)).lifetime(), 600u);
  pass(Duration::seconds(599));
  EXPECT_EQ(machine_->allocation_count(), 1u);
  EXPECT_EQ(receive(relay_at(relayed), "192.0.2.1:1", "x").index(), 0u);
  pass(Duration::seconds(1));
  EXPECT_EQ(machine_->allocation_count(), 0u);
  EXPECT_TRUE(sockets_.sockets.empty());
  EXPECT_EQ(machine_->next_timeout(), std::nullopt);
  EXPECT_EQ(ask(client(), refresh(2, 0x58)).error(), 437u);
}

TEST_F(Allocate, IsGivenBackByALifetimeOfZeroOrTheEndOfItsStream) {
  allocate(client());
  EXPECT_EQ(ask(client(), refresh(0, 0)).lifetime(), 0u);
  EXPECT_TRUE(sockets_.sockets.empty());
  auto stream = client();
  stream.transport = turn::Transport::Tls;
  allocate(stream);
  machine_->on_client_gone(stream);
  machine_->on_client_gone(stream);
  EXPECT_TRUE(sockets_.sockets.empty());
}

TEST_F(Allocate, ThousandsComeAndGo) {
  quota_per_user_ = 1000;
  make({});
  for (int round = 0; round < 3; ++round) {
    for (std::uint16_t port = 0; port < 900; ++port) allocate(client(port));
    for (std::uint16_t port = 0; port < 900; port = static_cast<std::uint16_t>(port + 2)) {
      EXPECT_TRUE(ask(client(port), refresh(0, 0)).is_success());
    }
    for (std::uint16_t port = 1; port < 900; port = static_cast<std::uint16_t>(port + 2)) {
      EXPECT_TRUE(ask(client(port), refresh(2, 0x58)).is_success());
    }
    pass(Duration::seconds(600));
    EXPECT_EQ(machine_->allocation_count(), 0u);
    EXPECT_TRUE(sockets_.sockets.empty());
  }
}

}  // namespace
}  // namespace parley::testing
