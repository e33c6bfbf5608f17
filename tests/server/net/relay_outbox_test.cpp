#include "server/net/relay_outbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/server/support/datagram_socket.h"

namespace parley::testing {
namespace {

// What is added has to stay until it is sent.
struct Outbox {
  explicit Outbox(Segmentation segmentation = Segmentation::Available) : outbox(segmentation) {}

  void add(const DatagramSocket& relay, const DatagramSocket& peer, const std::string& bytes) {
    outbox.add({relay.number(), relay.family()}, peer.address(), bytes_of(bytes));
  }

  RelayOutbox outbox;
};

TEST(RelayOutbox, DatagramsOfEachRelayArriveInTheirOrder) {
  for (const auto segmentation : {Segmentation::Available, Segmentation::Absent}) {
    const DatagramSocket one;
    const DatagramSocket other;
    const DatagramSocket peer;
    Outbox to_peers(segmentation);
    // One size, a shorter one that ends the run, a longer one, nothing at all.
    const std::vector<std::string> sent{
        std::string(100, 'a'), std::string(100, 'b'), std::string(40, 'c'),  std::string(100, 'd'),
        std::string(700, 'e'), std::string(),         std::string(700, 'f'), std::string(700, 'g')};
    for (const auto& bytes : sent) {
      to_peers.add(one, peer, bytes);
      to_peers.add(other, peer, bytes);
    }
    to_peers.outbox.flush();
    std::vector<std::string> from_one;
    std::vector<std::string> from_other;
    for (std::size_t at = 0; at < 2 * sent.size(); ++at) {
      const auto [bytes, from] = peer.receive();
      (from == one.address() ? from_one : from_other).push_back(bytes);
    }
    EXPECT_EQ(from_one, sent);
    EXPECT_EQ(from_other, sent);
  }
}

TEST(RelayOutbox, MixedRelaysStillGiveRuns) {
  for (const auto* ip : {"127.0.0.1", "::1"}) {
    const DatagramSocket one(ip);
    const DatagramSocket other(ip);
    DatagramSocket peer(ip);
    ASSERT_EQ(segmentation_of(one.number()), Segmentation::Available) << "needs Linux 4.18";
    ASSERT_TRUE(peer.take_runs_whole()) << "needs Linux 5.0";
    Outbox to_peers;
    const std::string bytes(1200, 'v');
    for (int times = 0; times < 3; ++times) {
      to_peers.add(one, peer, bytes);
      to_peers.add(other, peer, bytes);
    }
    to_peers.outbox.flush();
    for (int run = 0; run < 2; ++run) EXPECT_EQ(peer.receive().first.size(), 3 * bytes.size());
  }
}

TEST(RelayOutbox, PeersOfOneRelayGetOnlyTheirOwn) {
  const DatagramSocket relay;
  const DatagramSocket one;
  const DatagramSocket other;
  Outbox to_peers;
  const std::string for_one(50, '1');
  const std::string for_other(50, '2');
  for (int times = 0; times < 2; ++times) {
    to_peers.add(relay, one, for_one);
    to_peers.add(relay, one, for_one);
    to_peers.add(relay, other, for_other);
  }
  to_peers.outbox.flush();
  EXPECT_EQ(one.receive(4), std::vector<std::string>(4, for_one));
  EXPECT_EQ(other.receive(2), std::vector<std::string>(2, for_other));
}

TEST(RelayOutbox, RunThatTheKernelRefusesGoesOutOneByOne) {
  DatagramSocket relay;
  ASSERT_TRUE(relay.refuse_runs());
  const DatagramSocket peer;
  Outbox to_peers;
  const std::vector<std::string> sent{std::string(80, 'a'), std::string(80, 'b'),
                                      std::string(80, 'c')};
  for (const auto& bytes : sent) to_peers.add(relay, peer, bytes);
  to_peers.outbox.flush();
  EXPECT_EQ(peer.receive(3), sent);
}

TEST(RelayOutbox, MoreThanItHoldsIsSentMeanwhile) {
  const DatagramSocket relay;
  // Two, as one would have no room for all.
  const DatagramSocket even;
  const DatagramSocket odd;
  Outbox to_peers;
  std::vector<std::string> sent;
  for (std::size_t at = 0; at < RelayOutbox::most / 2 + 3; ++at) sent.push_back(std::to_string(at));
  for (const auto& bytes : sent) {
    to_peers.add(relay, even, bytes);
    to_peers.add(relay, odd, bytes);
  }
  to_peers.outbox.flush();
  EXPECT_EQ(even.receive(sent.size()), sent);
  EXPECT_EQ(odd.receive(sent.size()), sent);
}

}  // namespace
}  // namespace parley::testing
