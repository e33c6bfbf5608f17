// Streams that speak STUN reach who serves them.
#include "server/net/stream_acceptor.h"

#include <gtest/gtest.h>

#include <boost/asio/buffer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "server/net/tls_identity.h"
#include "server/runtime/listener.h"
#include "server/runtime/shard.h"
#include "server/signaling/resume_key.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/http_client.h"

namespace parley::testing {
namespace {

using namespace std::string_literals;

const std::string first_bytes = "\0\x01\0\0\x21\x12\xa4\x42"s;

// Sends back what has been read before and what comes next, each once, and ends the stream.
class Echo final : public StunStreamAcceptor {
 public:
  bool accept(Shard&, Stream stream, std::string_view read) override {
    auto life = std::make_shared<Life>(Life{std::move(stream), std::string(read), {}});
    life->rest.resize(100);
    life->stream.async_read_some(
        asio::buffer(life->rest), [life](error_code error, std::size_t bytes) {
          if (error) return;
          life->rest.resize(bytes);
          const std::vector<asio::const_buffer> both{asio::buffer(life->read),
                                                     asio::buffer(life->rest)};
          life->stream.async_write_some(
              both, [life](error_code, std::size_t) { life->stream.shut_down_sending(); });
        });
    return true;
  }

 private:
  struct Life {
    Stream stream;
    std::string read;
    std::string rest;
  };
};

// A server whose service is at hand.
class StreamAcceptorTest : public ::testing::Test {
 protected:
  StreamAcceptorTest() {
    service_.tls = std::move(
        *TlsIdentity::make(certificate_source(service_.options.tls, {}), std::chrono::hours(1)));
    service_.stun_streams = std::make_unique<Echo>();
    EXPECT_FALSE(listener_.open());
    for (const auto& shard : service_.shards) shard->start();
    listener_.start();
  }

  ~StreamAcceptorTest() override {
    service_.readiness = Readiness::Stopping;
    listener_.stop().wait();
    for (const auto& shard : service_.shards) shard->drop_connections().wait();
    for (const auto& shard : service_.shards) shard->join();
  }

  CertificateFiles files_;
  WebFolder web_;
  Service service_{tls_options(files_), std::move(*AssetStore::load(web_.path())),
                   draw_resume_key()};
  Listener listener_{service_};
};

TEST_F(StreamAcceptorTest, GetsThemPlain) {
  TcpClient client(listener_.port());
  client.send(first_bytes + "rest");
  EXPECT_EQ(client.receive_all(), first_bytes + "rest");
}

TEST_F(StreamAcceptorTest, GetsThemOverTls) {
  TcpClient client(listener_.port());
  ASSERT_TRUE(client.start_tls());
  client.send(first_bytes + "rest");
  EXPECT_EQ(client.receive_all(), first_bytes + "rest");
}

TEST_F(StreamAcceptorTest, GetsThemUnreadWhereTheClientHasNamedTurn) {
  TcpClient client(listener_.port());
  ASSERT_TRUE(client.start_tls({.applications = "\x09stun.turn"}));
  client.send("anything");
  EXPECT_EQ(client.receive_all(), "anything");
}

TEST_F(StreamAcceptorTest, LeavesTheOthersToHttp) {
  EXPECT_EQ(fetch(listener_.port(), "/healthz").status, 200);
}

}  // namespace
}  // namespace parley::testing
