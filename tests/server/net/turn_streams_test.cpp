// Clients of TURN over TCP and TLS that misbehave, and what they cost.
#include "server/net/turn_streams.h"

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <string>

#include "server/net/socket_address.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/turn_client.h"
#include "tests/server/support/turnutils.h"

namespace parley::testing {
namespace {

using namespace std::string_literals;

constexpr const char* unread_drops = "parley_turn_stream_drops_total{reason=\"unread\"}";

std::string ended(const std::string& reason) {
  return "parley_turn_streams_ended_total{reason=\"" + reason + "\"}";
}

ServerOptions hurried(ServerOptions options) {
  options.timeouts.turn_stream_idle = std::chrono::milliseconds(200);
  return options;
}

// A peer of the relay's on this machine.
class UdpPeer {
 public:
  UdpPeer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{std::chrono::seconds(TcpClient::patience).count(), 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    SocketAddress name{};
    const TransportAddress wanted{*IpAddress::parse("127.0.0.1"), port_outside_of_relays()};
    const socklen_t size = to_socket_address(wanted, AF_INET, name);
    EXPECT_EQ(bind(socket_.get(), &name.any, size), 0);
    address_ = wanted;
  }

  const TransportAddress& address() const { return address_; }

  void send(const TransportAddress& to, std::size_t bytes) {
    const std::string payload(bytes, 'p');
    SocketAddress name{};
    const socklen_t size = to_socket_address(to, AF_INET, name);
    EXPECT_EQ(sendto(socket_.get(), payload.data(), payload.size(), 0, &name.any, size),
              static_cast<ssize_t>(bytes));
  }

  // The size of the next datagram.
  ssize_t receive() {
    std::array<char, 4096> buffer{};
    return recv(socket_.get(), buffer.data(), buffer.size(), 0);
  }

 private:
  static std::uint16_t port_outside_of_relays() {
    return static_cast<std::uint16_t>(std::stoi(port_for_peer(ServerOptions().relay.ports)));
  }

  FileDescriptor socket_;
  TransportAddress address_;
};

class TurnStreamsTest : public ::testing::Test {
 protected:
  explicit TurnStreamsTest(ServerOptions options = turn_options_for_peers_here(2))
      : server_(std::move(options)) {}

  TurnClient client() { return {TcpClient(server_.port()), "north"}; }

  void wait_for(const std::string& name, long value) {
    const auto deadline = std::chrono::steady_clock::now() + TcpClient::patience;
    while (metric(server_.port(), name) != value) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << name;
    }
  }

  // Where it relays to `channel` from `peer`.
  static TransportAddress allocate(TurnClient& client, const UdpPeer& peer, std::uint16_t number) {
    const Answer made = client.ask(allocation());
    EXPECT_TRUE(made.is_success());
    if (!made.is_success()) return {};
    EXPECT_TRUE(client.ask(channel(number, to_string(peer.address()))).is_success());
    return made.address(Attribute::XorRelayedAddress);
  }

  TestServer server_;
};

TEST_F(TurnStreamsTest, FramesMayComeByteByByteAndManyAtOnce) {
  UdpPeer peer;
  auto slow = client();
  for (const auto byte : slow.request(allocation())) slow.send({byte});
  ASSERT_TRUE(Answer(slow.next_frame()).is_success());
  auto both = slow.request(channel(0x4000, to_string(peer.address())));
  const auto refresh_too = slow.request(refresh(2, 0));
  both.insert(both.end(), refresh_too.begin(), refresh_too.end());
  both.insert(both.end(), {0x40, 0, 0, 5, 'h', 'e', 'l', 'l', 'o', 0, 0, 0});
  slow.send(both);
  EXPECT_TRUE(Answer(slow.next_frame()).is_success());
  EXPECT_TRUE(Answer(slow.next_frame()).is_success());
  EXPECT_EQ(peer.receive(), 5);
}

TEST_F(TurnStreamsTest, DataIsPaddedBothWays) {
  UdpPeer peer;
  auto caller = client();
  const auto relayed = allocate(caller, peer, 0x4001);
  for (std::size_t size = 0; size <= 5; ++size) {
    caller.send_data(0x4001, size);
    EXPECT_EQ(peer.receive(), static_cast<ssize_t>(size));
    peer.send(relayed, size);
    const auto frame = caller.next_frame();
    ASSERT_EQ(frame.size(), 4 + stun::padded(size));
    EXPECT_EQ(load16(frame.data()), 0x4001);
    EXPECT_EQ(load16(frame.data() + 2), size);
  }
}

TEST_F(TurnStreamsTest, FramesThatAreTooLongArePassedOver) {
  UdpPeer peer;
  auto caller = client();
  allocate(caller, peer, 0x4001);
  caller.send_data(0x4001, 65'535);
  caller.send_data(0x4001, 7);
  EXPECT_EQ(peer.receive(), 7);
  EXPECT_EQ(metric(server_.port(), "parley_turn_stream_drops_total{reason=\"too-long\"}"), 1);
}

// A client that does not read loses packets; what it then reads is whole, and answers are in it.
TEST_F(TurnStreamsTest, ClientThatDoesNotReadLosesPacketsAndNothingElse) {
  UdpPeer peer;
  TcpClient connection(server_.port());
  connection.shrink_receive_buffer(4096);
  TurnClient caller(std::move(connection), "north");
  const auto relayed = allocate(caller, peer, 0x4002);
  constexpr std::size_t size = 1203;
  long sent = 0;
  while (metric(server_.port(), unread_drops) < 100) {
    for (int count = 0; count < 200; ++count) peer.send(relayed, size);
    sent += 200;
    ASSERT_LT(sent, 100'000);
  }
  const auto request = caller.request(refresh(2, 0));
  caller.send(request);
  long received = 0;
  for (;;) {
    const auto frame = caller.next_frame();
    ASSERT_FALSE(frame.empty());
    if (frame.front() < 0x40) {
      EXPECT_TRUE(Answer(frame).is_success());
      break;
    }
    ASSERT_EQ(frame.size(), 4 + stun::padded(size));
    ++received;
  }
  // The kernel's buffers and the queue: far less than was sent.
  EXPECT_LE(received * static_cast<long>(size), 2'000'000);
  EXPECT_LT(received, sent - 99);
}

TEST_F(TurnStreamsTest, ClientThatDoesNotReadItsAnswersIsEnded) {
  TcpClient connection(server_.port());
  connection.shrink_receive_buffer(4096);
  // RFC 8489 section 5: a Binding request without attributes.
  const std::string binding = "\0\x01\0\0\x21\x12\xa4\x42"s + std::string(12, 'i');
  std::string many;
  for (int count = 0; count < 1000; ++count) many += binding;
  while (metric(server_.port(), ended("unread")) == 0) connection.send(many);
  wait_for("parley_turn_streams", 0);
}

TEST_F(TurnStreamsTest, WhatIsNeitherStunNorDataEndsTheStream) {
  auto caller = client();
  ASSERT_TRUE(caller.ask(allocation()).is_success());
  caller.connection().send("\x16\x03\x01");  // of TLS, say; a letter would be ChannelData's
  EXPECT_TRUE(caller.next_frame().empty());
  wait_for(ended("malformed"), 1);
  wait_for("parley_turn_allocations", 0);
}

TEST_F(TurnStreamsTest, AllocationEndsWithItsConnection) {
  {
    auto caller = client();
    ASSERT_TRUE(caller.ask(allocation()).is_success());
    EXPECT_EQ(metric(server_.port(), "parley_turn_allocations"), 1);
    EXPECT_EQ(metric(server_.port(), "parley_turn_streams"), 1);
  }
  wait_for("parley_turn_allocations", 0);
  wait_for("parley_turn_streams", 0);
  wait_for(ended("by-client"), 1);
}

class IdleTurnStreamsTest : public TurnStreamsTest {
 protected:
  IdleTurnStreamsTest() : TurnStreamsTest(hurried(turn_options(1))) {}
};

TEST_F(IdleTurnStreamsTest, ConnectionWithoutAllocationIsEnded) {
  auto holder = client();
  ASSERT_TRUE(holder.ask(allocation()).is_success());
  auto idler = client();
  idler.send(idler.request(refresh(0, 0)));
  EXPECT_EQ(Answer(idler.next_frame()).error(), 437u);
  EXPECT_TRUE(idler.next_frame().empty());
  EXPECT_EQ(metric(server_.port(), ended("idle")), 1);
  EXPECT_TRUE(holder.ask(refresh(0, 0)).is_success());
  EXPECT_TRUE(holder.next_frame().empty());
  wait_for(ended("idle"), 2);
}

class FewTurnStreamsTest : public TurnStreamsTest {
 protected:
  static ServerOptions few() {
    auto options = turn_options(2);
    options.relay.allocations = 2;
    return options;
  }
  FewTurnStreamsTest() : TurnStreamsTest(few()) {}
};

TEST_F(FewTurnStreamsTest, ThereAreNoMoreThanAllocations) {
  {
    auto first = client();
    auto second = client();
    ASSERT_TRUE(first.ask(allocation()).is_success());
    ASSERT_TRUE(second.ask(allocation()).is_success());
    TcpClient third(server_.port());
    third.send("\0\x01\0\0\x21\x12\xa4\x42"s);
    EXPECT_EQ(third.receive_all(), "");
    EXPECT_EQ(metric(server_.port(), "parley_streams_refused_total{reason=\"turn-full\"}"), 1);
  }
  wait_for("parley_turn_streams", 0);
  auto next = client();
  EXPECT_TRUE(next.ask(allocation()).is_success());
}

TEST(TurnOverTls, IsServedWhetherTheHandshakeNamesItOrNot) {
  CertificateFiles files;
  auto options = turn_options(2);
  options.tls = files.options();
  TestServer server(options);
  for (const auto* offer : {"\x09stun.turn", "\x08http/1.1\x09stun.turn", ""}) {
    TcpClient connection(server.port());
    ASSERT_TRUE(connection.start_tls({.applications = offer}));
    TurnClient caller(std::move(connection), "north");
    EXPECT_TRUE(caller.ask(allocation()).is_success()) << offer;
  }
}

}  // namespace
}  // namespace parley::testing
