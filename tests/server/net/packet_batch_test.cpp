#include "server/net/packet_batch.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/server/support/datagram_socket.h"

namespace parley::testing {
namespace {

class PacketBatchOfOneSocket : public ::testing::Test {
 protected:
  PacketBatch& batch() {
    if (!batch_) {
      batch_ = std::make_unique<PacketBatch>(
          SharedSocket{shared_.number(), shared_.family(), shared_.address()});
    }
    return *batch_;
  }

  turn::Client client_at(const DatagramSocket& socket) const {
    return {turn::Transport::Udp, shared_.address(), socket.address(), 0};
  }

  // Has the relay's socket receive all of `sent`, and the batch send it on to `client`.
  void relay(const std::vector<std::string>& sent, const turn::Client& client) {
    for (const auto& bytes : sent) {
      SocketAddress name{};
      const socklen_t size = to_socket_address(relay_.address(), AF_INET, name);
      ASSERT_GE(sendto(shared_.number(), bytes.data(), bytes.size(), 0, &name.any, size), 0);
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

}  // namespace
}  // namespace parley::testing
