// Permissions, channels, and the payload's way (RFC 8656 sections 9 to 12).
#include "tests/core/net/turn/turn_world.h"

namespace parley::testing {
namespace {

using turn::Drop;
using turn::action::ToClient;
using turn::action::ToPeer;
using turn::action::ToSibling;

constexpr std::string_view peer = "192.0.2.77:5000";

class Data : public TurnTest {};

TEST_F(Data, GoesToAPeerThatIsPermittedAndBack) {
  const auto relayed = allocate(client());
  EXPECT_EQ(send(client(), peer, "early").index(), 0u);
  EXPECT_EQ(drops(Drop::NoPermission), 1u);
  EXPECT_TRUE(ask(client(), permission("192.0.2.77:1")).is_success());

  const auto out = send(client(), peer, "there");
  const auto* to_peer = std::get_if<ToPeer>(&out);
  ASSERT_TRUE(to_peer);
  EXPECT_EQ(to_peer->relay, relay_at(relayed));
  EXPECT_EQ(to_peer->peer, at(peer));
  EXPECT_EQ(text_of(to_peer->bytes), "there");
  // Where it came in: nothing was copied.
  EXPECT_GE(to_peer->bytes.data(), buffer_.data());
  EXPECT_LT(to_peer->bytes.data(), buffer_.data() + buffer_.size());

  const auto back = receive(relay_at(relayed), peer, "back!");
  const auto* to_client = std::get_if<ToClient>(&back);
  ASSERT_TRUE(to_client);
  EXPECT_EQ(to_client->client, client());
  const auto message = stun::Message::parse(to_client->bytes);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->method(), stun::Method::Data);
  EXPECT_EQ(message->message_class(), stun::Class::Indication);
  EXPECT_EQ(message->find_address(Attribute::XorPeerAddress), at(peer));
  EXPECT_EQ(payload_of(back), "back!");
  EXPECT_GE(to_client->bytes.data(), buffer_.data());
}

TEST_F(Data, OfEveryLengthFitsAroundItself) {
  const auto relayed = allocate(client());
  ask(client(), permission(peer));
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string text(size, 'x');
    EXPECT_EQ(payload_of(send(client(), peer, text)), text);
    EXPECT_EQ(payload_of(receive(relay_at(relayed), peer, text)), text);
  }
  ask(client(), channel(0x4001, peer));
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string text(size, 'x');
    EXPECT_EQ(payload_of(send_on(0x4001, client(), text)), text);
    EXPECT_EQ(payload_of(receive(relay_at(relayed), peer, text)), text);
  }
}

TEST_F(Data, GoesOverTheChannelOnceItIsBound) {
  const auto relayed = allocate(client());
  EXPECT_EQ(send_on(0x4abc, client(), "early").index(), 0u);
  EXPECT_TRUE(ask(client(), channel(0x4abc, peer)).is_success());
  EXPECT_EQ(payload_of(send_on(0x4abc, client(), "there")), "there");
  const auto back = receive(relay_at(relayed), peer, "back");
  const auto bytes = std::get<ToClient>(back).bytes;
  EXPECT_EQ(load16(bytes.data()), 0x4abc);
  EXPECT_EQ(bytes.size(), 8u);
  // Another port of the same peer is permitted, but has no channel.
  EXPECT_EQ(std::get<ToClient>(receive(relay_at(relayed), "192.0.2.77:1", "x")).bytes[0], 0);
  EXPECT_EQ(receive(relay_at(relayed), "192.0.2.78:5000", "x").index(), 0u);
}

TEST_F(Data, OverAStreamChannelDataIsPadded) {
  auto stream = client();
  stream.transport = turn::Transport::Tcp;
  const auto relayed = allocate(stream);
  ask(stream, channel(0x4000, peer));
  const auto back = receive(relay_at(relayed), peer, "abcde");
  const auto bytes = std::get<ToClient>(back).bytes;
  EXPECT_EQ(load16(bytes.data() + 2), 5);
  EXPECT_EQ(bytes.size(), 12u);
}

TEST_F(Data, MalformedChannelDataAndIndicationsAreDropped) {
  allocate(client());
  ask(client(), channel(0x4000, peer));
  for (const std::vector<std::uint8_t>& bytes :
       {std::vector<std::uint8_t>{0x40}, {0x40, 0, 0}, {0x40, 0, 0, 2, 9}, {0x4f, 0xff, 0, 0}}) {
    EXPECT_EQ(feed(client(), bytes).index(), 0u);
  }
  // Behind the length is padding.
  EXPECT_EQ(payload_of(feed(client(), std::vector<std::uint8_t>{0x40, 0, 0, 1, 'a', 9, 9, 9})),
            "a");

  for (const bool has_peer : {false, true}) {
    std::array<std::uint8_t, 64> memory{};
    stun::Writer writer(memory, stun::Class::Indication, stun::Method::Send, {});
    if (has_peer) {
      writer.address(Attribute::XorPeerAddress, at(peer));
      writer.bytes(Attribute::DontFragment, {});
    }
    writer.text(Attribute::Data, "x");
    if (!has_peer) writer.text(Attribute::XorPeerAddress, "no");
    EXPECT_EQ(feed(client(), writer.finish()).index(), 0u);
  }
  EXPECT_EQ(send(client(7), peer, "from nobody").index(), 0u);
  EXPECT_EQ(send_on(0x4000, client(7), "from nobody").index(), 0u);
  EXPECT_EQ(drops(Drop::NoAllocation), 2u);
}

TEST_F(Data, PermissionsLastFiveMinutesAndChannelsTen) {
  const auto relayed = allocate(client());
  ask(client(), channel(0x4000, peer));
  pass(Duration::seconds(299));
  EXPECT_TRUE(payload_of(send_on(0x4000, client(), "x")));
  pass(Duration::seconds(1));
  // The channel is still bound, but its peer no longer permitted (section 12.6).
  EXPECT_FALSE(payload_of(send_on(0x4000, client(), "x")));
  EXPECT_FALSE(payload_of(receive(relay_at(relayed), peer, "x")));
  EXPECT_TRUE(ask(client(), permission(peer)).is_success());
  EXPECT_TRUE(payload_of(send_on(0x4000, client(), "x")));
  EXPECT_EQ(std::get<ToClient>(receive(relay_at(relayed), peer, "x")).bytes[0], 0x40);
  pass(Duration::seconds(200));
  ask(client(), refresh(2, 0x58));
  ask(client(), permission(peer));
  pass(Duration::seconds(100));
  // Ten minutes after the binding only the permission is left.
  EXPECT_FALSE(payload_of(send_on(0x4000, client(), "x")));
  EXPECT_EQ(std::get<ToClient>(receive(relay_at(relayed), peer, "x")).bytes[0], 0);
  EXPECT_TRUE(ask(client(), channel(0x4000, "192.0.2.78:1")).is_success());
  EXPECT_TRUE(payload_of(send_on(0x4000, client(), "x")));
}

TEST_F(Data, AChannelIsForOnePeerAndAPeerHasOneChannel) {
  allocate(client());
  EXPECT_TRUE(ask(client(), channel(0x4000, peer)).is_success());
  EXPECT_TRUE(ask(client(), channel(0x4000, peer)).is_success());
  EXPECT_EQ(ask(client(), channel(0x4001, peer)).error(), 400u);
  EXPECT_EQ(ask(client(), channel(0x4000, "192.0.2.77:5001")).error(), 400u);
  EXPECT_EQ(ask(client(), channel(0x3fff, "192.0.2.77:5001")).error(), 400u);
  EXPECT_EQ(ask(client(), channel(0x8000, "192.0.2.77:5001")).error(), 400u);
  EXPECT_EQ(ask(client(), Ask{stun::Method::ChannelBind, {}, {at(peer)}}).error(), 400u);
  EXPECT_TRUE(ask(client(), channel(0x7ffe, "192.0.2.77:5001")).is_success());
}

// Of RFC 5766: to 0x7fff, which coturn's clients draw as often as any other.
TEST_F(Data, ChannelsHaveAllNumbersOfTheFirstEdition) {
  const auto relayed = allocate(client());
  std::uint16_t port = 5000;
  for (const auto number :
       std::initializer_list<std::uint16_t>{0x4000, 0x4fff, 0x5000, 0x7ffe, 0x7fff}) {
    const auto each = "192.0.2.77:" + std::to_string(++port);
    ASSERT_TRUE(ask(client(), channel(number, each)).is_success()) << number;
    EXPECT_EQ(payload_of(send_on(number, client(), "there")), "there") << number;
    const auto back = receive(relay_at(relayed), each, "back");
    const auto* to_client = std::get_if<ToClient>(&back);
    ASSERT_TRUE(to_client) << number;
    EXPECT_EQ(load16(to_client->bytes.data()), number);
  }
}

TEST_F(Data, RequestsWithoutAnAllocationAreRefused) {
  EXPECT_EQ(ask(client(), channel(0x4000, peer)).error(), 437u);
  EXPECT_EQ(ask(client(), permission(peer)).error(), 437u);
  EXPECT_EQ(ask(client(), refresh(0, 0)).error(), 437u);
}

TEST_F(Data, PermissionsComeAllOrNone) {
  allocate(client());
  EXPECT_EQ(ask(client(), Ask{stun::Method::CreatePermission, {}, {}}).error(), 400u);
  EXPECT_EQ(ask(client(), permission(peer).with_peer("10.0.0.1:1")).error(), 403u);
  EXPECT_FALSE(payload_of(send(client(), peer, "x")));
  EXPECT_EQ(ask(client(), permission(peer).with_peer("[2001:db8::1]:1")).error(), 443u);
  EXPECT_TRUE(ask(client(), permission(peer).with_peer("192.0.2.78:1")).is_success());
  EXPECT_TRUE(payload_of(send(client(), peer, "x")));
  EXPECT_TRUE(payload_of(send(client(), "192.0.2.78:9", "x")));
}

TEST_F(Data, ThereIsRoomForSoManyPeers) {
  allocate(client());
  for (std::size_t count = 0; count < turn::Peers::most; ++count) {
    const auto address = "192.0.2." + std::to_string(count + 1) + ":1";
    ASSERT_TRUE(
        ask(client(), channel(static_cast<std::uint16_t>(0x4000 + count), address)).is_success());
  }
  EXPECT_EQ(ask(client(), channel(0x4f00, "192.0.2.200:1")).error(), 508u);
  EXPECT_EQ(ask(client(), permission("192.0.2.200:1")).error(), 508u);
  EXPECT_TRUE(ask(client(), permission("192.0.2.1:7")).is_success());
  pass(Duration::seconds(300));
  EXPECT_TRUE(ask(client(), permission("192.0.2.200:1")).is_success());
}

TEST_F(Data, PeersInsideAreRefusedInEveryDisguise) {
  const auto relayed =
      ask(client(), allocation().with(Attribute::AdditionalAddressFamily, {2, 0, 0, 0}));
  ASSERT_TRUE(relayed.is_success());
  for (const auto* address :
       {"127.0.0.1:80", "10.1.2.3:1", "172.20.0.1:1", "192.168.0.1:1", "169.254.169.254:80",
        "100.64.0.1:1", "0.0.0.0:1", "224.0.0.1:1", "255.255.255.255:1", "[::1]:1", "[::]:1",
        "[fe80::1]:1", "[fd00::1]:1", "[ff02::1]:1", "[::ffff:127.0.0.1]:1", "[2002:7f00:1::]:1",
        "[64:ff9b::10.0.0.1]:1", "[::127.0.0.1]:1"}) {
    EXPECT_EQ(ask(client(), permission(address)).error(), 403u) << address;
    EXPECT_EQ(ask(client(), channel(0x4000, address)).error(), 403u) << address;
    EXPECT_FALSE(payload_of(send(client(), address, "x"))) << address;
  }
}

TEST_F(Data, TheOperatorMayAllowANetwork) {
  make([](turn::MachineOptions& options) {
    options.allowed_peers = {*IpNetwork::parse("192.168.7.0/24")};
  });
  allocate(client());
  EXPECT_TRUE(ask(client(), permission("192.168.7.9:1")).is_success());
  EXPECT_EQ(ask(client(), permission("192.168.8.9:1")).error(), 403u);
}

TEST_F(Data, TwoAllocationsReachEachOtherInside) {
  const auto first = allocate(client(1));
  const auto second = allocate(client(2));
  ASSERT_TRUE(ask(client(1), channel(0x4000, to_string(second))).is_success());
  // The other knows only the address that is announced, and permits that.
  EXPECT_FALSE(payload_of(send_on(0x4000, client(1), "early")));
  ASSERT_TRUE(ask(client(2), permission(to_string(first))).is_success());

  const auto action = send_on(0x4000, client(1), "hello");
  const auto* to_client = std::get_if<ToClient>(&action);
  ASSERT_TRUE(to_client);
  EXPECT_EQ(to_client->client, client(2));
  const auto message = stun::Message::parse(to_client->bytes);
  EXPECT_EQ(message->find_address(Attribute::XorPeerAddress), first);
  EXPECT_EQ(payload_of(action), "hello");

  const auto answer = send(client(2), to_string(first), "hello yourself");
  EXPECT_EQ(std::get<ToClient>(answer).client, client(1));
  EXPECT_EQ(load16(std::get<ToClient>(answer).bytes.data()), 0x4000);
  EXPECT_EQ(payload_of(answer), "hello yourself");
}

TEST_F(Data, TheServersOwnAddressIsNoDoorToItsOtherPorts) {
  allocate(client());
  EXPECT_TRUE(ask(client(), permission("203.0.113.5:22")).is_success());
  EXPECT_FALSE(payload_of(send(client(), "203.0.113.5:22", "x")));
  EXPECT_EQ(ask(client(), channel(0x4000, "203.0.113.5:8080")).error(), 403u);
  // A port of the range where nobody has an allocation.
  EXPECT_FALSE(payload_of(send(client(), "203.0.113.5:50000", "x")));
}

TEST_F(Data, WhatAnotherMachineOwnsIsHandedOver) {
  make([](turn::MachineOptions& options) { options.share = {0, 2}; });
  const auto relayed = allocate(client());
  ask(client(), permission("203.0.113.5:1"));
  const auto action = send(client(), "203.0.113.5:50002", "hello");  // 25001 is odd
  const auto* handed = std::get_if<ToSibling>(&action);
  ASSERT_TRUE(handed);
  EXPECT_EQ(handed->share, 1u);
  EXPECT_EQ(handed->relayed, at("203.0.113.5:50002"));
  EXPECT_EQ(handed->from, relayed);
  EXPECT_EQ(text_of(handed->payload.bytes()), "hello");
  // The other way round.
  const auto arrived =
      machine_->from_sibling(relayed, at("203.0.113.5:50002"), packet(bytes_of("hi")), now_);
  EXPECT_EQ(payload_of(arrived), "hi");
}

TEST_F(Data, BandwidthIsCappedEachWay) {
  make([](turn::MachineOptions& options) { options.bandwidth = {10'000, 10'000}; });
  const auto relayed = allocate(client());
  ask(client(), channel(0x4000, peer));
  const std::string kilobyte(1000, 'x');
  const auto passed = [&](auto attempt) {
    int count = 0;
    for (int tries = 0; tries < 30; ++tries) count += payload_of(attempt()) ? 1 : 0;
    return count;
  };
  const auto out = [&] { return send_on(0x4000, client(), kilobyte); };
  const auto in = [&] { return receive(relay_at(relayed), peer, kilobyte); };
  EXPECT_EQ(passed(out), 10);
  EXPECT_EQ(passed(in), 10);
  pass(Duration::milliseconds(500));
  EXPECT_EQ(passed(out), 5);
  pass(Duration::seconds(100));
  EXPECT_EQ(passed(out), 10);
  EXPECT_EQ(machine_->counters().to_peers.packets, 25u);
  EXPECT_EQ(machine_->counters().to_peers.bytes, 25'000u);
  EXPECT_EQ(machine_->counters().to_clients.packets, 10u);
}

}  // namespace
}  // namespace parley::testing
