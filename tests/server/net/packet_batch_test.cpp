#include "server/net/packet_batch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/server/support/datagram_socket.h"

namespace parley::testing {
namespace {

class PacketBatchOfOneSocket : public ::testing::Test {
 protected:
  PacketBatch& batch() {
    if (!batch_) send_by(shared_);
    return *batch_;
  }

  void send_by(const DatagramSocket& shared) {
    batch_ = std::make_unique<PacketBatch>(
        SharedSocket{shared.number(), shared.family(), shared.address()});
  }

  turn::Client client_at(const DatagramSocket& socket) const {
    return {turn::Transport::Udp, shared_.address(), socket.address(), 0};
  }

  // Has the relay's socket receive all of `sent`, and the batch send it on to `client`.
  void relay(const std::vector<std::string>& sent, const turn::Client& client) {
    for (const auto& bytes : sent) {
      SocketAddress name{};
      const socklen_t size = to_socket_address(relay_.address(), AF_INET, name);
      ASSERT_GE(sendto(other_.number(), bytes.data(), bytes.size(), 0, &name.any, size), 0);
    }
    ASSERT_EQ(batch().receive(relay_.number(), sent.size()), sent.size());
    for (std::size_t at = 0; at < sent.size(); ++at) {
      batch().send_shared(at, client, batch().received(at).packet.bytes());
    }
  }

  DatagramSocket shared_;
  DatagramSocket relay_;
  DatagramSocket one_;
  DatagramSocket other_;

 private:
  std::unique_ptr<PacketBatch> batch_;
};

const std::vector<std::string> picture{std::string(900, 'a'), std::string(900, 'b'),
                                       std::string(900, 'c'), std::string(30, 'd')};
const std::vector<std::string> sound{std::string(60, 'x'), std::string(61, 'y')};

TEST_F(PacketBatchOfOneSocket, ClientsGetWhatIsTheirsInItsOrder) {
  relay(picture, client_at(one_));
  relay(sound, client_at(other_));
  relay(sound, client_at(one_));
  batch().flush();
  auto all_of_one = picture;
  all_of_one.insert(all_of_one.end(), sound.begin(), sound.end());
  EXPECT_EQ(one_.receive(all_of_one.size()), all_of_one);
  EXPECT_EQ(other_.receive(sound.size()), sound);
}

TEST_F(PacketBatchOfOneSocket, RunPassesTheKernelAsOnePacket) {
  ASSERT_EQ(segmentation_of(shared_.number()), Segmentation::Available) << "needs Linux 4.18";
  ASSERT_TRUE(one_.take_runs_whole()) << "needs Linux 5.0";
  relay(picture, client_at(one_));
  batch().flush();
  EXPECT_EQ(one_.receive().first, picture[0] + picture[1] + picture[2] + picture[3]);
}

TEST_F(PacketBatchOfOneSocket, RunThatTheKernelRefusesGoesOutOneByOne) {
  ASSERT_TRUE(shared_.refuse_runs());
  relay(picture, client_at(one_));
  relay(sound, client_at(other_));
  batch().flush();
  EXPECT_EQ(one_.receive(picture.size()), picture);
  EXPECT_EQ(other_.receive(sound.size()), sound);
}

TEST_F(PacketBatchOfOneSocket, RunsAreTriedAgainWhereOneWasRefused) {
  ASSERT_TRUE(one_.take_runs_whole()) << "needs Linux 5.0";
  ASSERT_TRUE(shared_.refuse_runs());
  relay(picture, client_at(one_));
  batch().flush();
  EXPECT_EQ(one_.receive(picture.size()), picture);
  ASSERT_TRUE(shared_.allow_runs());
  relay(picture, client_at(one_));
  batch().flush();
  EXPECT_EQ(one_.receive().first, picture[0] + picture[1] + picture[2] + picture[3]);
}

// Where IPsec or a device is in the way of runs, the kernel answers EIO. It does so, too, for a
// socket of UDP-Lite, which asks for nothing that a test cannot have.
TEST_F(PacketBatchOfOneSocket, NoMoreRunsAreTriedWhereTheWayTakesNone) {
  const DatagramSocket lite("127.0.0.1", IPPROTO_UDPLITE);
  const DatagramSocket client("127.0.0.1", IPPROTO_UDPLITE);
  ASSERT_GE(lite.number(), 0) << "needs UDP-Lite of the kernel";
  ASSERT_EQ(segmentation_of(lite.number()), Segmentation::Available) << "needs Linux 4.18";
  send_by(lite);
  relay(picture, client_at(client));
  relay(picture, client_at(client));
  batch().flush();
  auto both = picture;
  both.insert(both.end(), picture.begin(), picture.end());
  EXPECT_EQ(client.receive(both.size()), both);

  // From here on the batch sends by a socket of UDP, which would take runs; of one that was tried
  // the receiver would see it.
  ASSERT_EQ(dup2(shared_.number(), lite.number()), lite.number());
  ASSERT_TRUE(one_.take_runs_whole()) << "needs Linux 5.0";
  relay(picture, client_at(one_));
  batch().flush();
  EXPECT_EQ(one_.receive(picture.size()), picture);
}

}  // namespace
}  // namespace parley::testing
