#include "server/net/frame_stream.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <string>

namespace parley::testing {
namespace {

using asio::ip::tcp;

class FrameStreamTest : public ::testing::Test {
 protected:
  FrameStreamTest() {
    asio::basic_socket_acceptor<tcp, Executor> acceptor(loop_.get_executor(),
                                                        {asio::ip::address_v4::loopback(), 0});
    // Before it connects, so that both kernels' buffers together are far smaller than `large`.
    peer_.open(tcp::v4());
    peer_.set_option(asio::socket_base::receive_buffer_size(16 * 1024));
    peer_.connect(acceptor.local_endpoint());
    TcpSocket socket = acceptor.accept();
    socket.set_option(asio::socket_base::send_buffer_size(16 * 1024));
    stream_.emplace(Stream(std::move(socket)));
  }

  // What the peer reads, while the loop runs until it has.
  std::string read(std::size_t bytes) {
    std::string got(bytes, '\0');
    bool has_read = false;
    asio::async_read(peer_, asio::buffer(got), [&](error_code error, std::size_t) {
      EXPECT_FALSE(error) << error.message();
      has_read = true;
    });
    loop_.restart();
    while (!has_read && loop_.run_one_for(std::chrono::seconds(20)) > 0) {
    }
    EXPECT_TRUE(has_read);
    return got;
  }

  std::size_t write(const std::string& text, error_code& error) {
    return stream_->write_some(asio::buffer(text), error);
  }
  void write(const std::string& text) {
    error_code error;
    EXPECT_EQ(write(text, error), text.size());
    EXPECT_FALSE(error) << error.message();
  }

  asio::io_context loop_{1};
  TcpSocket peer_{loop_.get_executor()};
  std::optional<FrameStream> stream_;
  const std::string large = std::string(4 * 1024 * 1024, 'x') + "end";
};

TEST_F(FrameStreamTest, SendsASmallFrameAtOnce) {
  write("frame");
  EXPECT_EQ(stream_->unsent_bytes(), 0u);
  EXPECT_EQ(read(5), "frame");
}

TEST_F(FrameStreamTest, SendsTheBuffersOfAFrameInTheirOrder) {
  const std::string header = "header ";
  const std::string text = "text";
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(header), asio::buffer(text)};
  EXPECT_EQ(stream_->write_some(buffers), 11u);
  EXPECT_EQ(read(11), "header text");
}

TEST_F(FrameStreamTest, TakesAFrameWholeThatTheSocketDoesNot) {
  write(large);
  EXPECT_GT(stream_->unsent_bytes(), 0u);
  EXPECT_LT(stream_->unsent_bytes(), large.size());
  bool is_sent = false;
  stream_->async_send_rest([&](error_code error, std::size_t) {
    EXPECT_FALSE(error) << error.message();
    EXPECT_EQ(stream_->unsent_bytes(), 0u);
    is_sent = true;
  });
  EXPECT_TRUE(read(large.size()) == large);
  EXPECT_TRUE(is_sent);
}

TEST_F(FrameStreamTest, KeepsTheOrderOfWhoeverWrites) {
  write(large);
  int ended = 0;
  // As a WebSocket's pong: in one operation, while the frame before it is half sent.
  asio::async_write(*stream_, asio::buffer("pong", 4), [&](error_code error, std::size_t bytes) {
    EXPECT_FALSE(error) << error.message();
    EXPECT_EQ(bytes, 4u);
    ++ended;
  });
  write("second");
  stream_->async_send_rest([&](error_code, std::size_t) { ++ended; });
  EXPECT_TRUE(read(large.size()) == large);
  EXPECT_EQ(read(10), "secondpong");
  loop_.restart();
  loop_.run_for(std::chrono::seconds(20));
  EXPECT_EQ(ended, 2);
}

TEST_F(FrameStreamTest, ReadsWhatHasComeWithoutWaiting) {
  std::string got(100, '\0');
  error_code error;
  EXPECT_EQ(stream_->read_some(asio::buffer(got), error), 0u);
  EXPECT_EQ(error, asio::error::would_block);
  asio::write(peer_, asio::buffer("hello", 5));
  error_code ignored;
  stream_->next_layer().socket().wait(TcpSocket::wait_read, ignored);
  EXPECT_EQ(stream_->read_some(asio::buffer(got), error), 5u);
  EXPECT_FALSE(error);
  EXPECT_EQ(got.substr(0, 5), "hello");
}

TEST_F(FrameStreamTest, TellsThatThePeerIsGone) {
  write(large);
  error_code ending;
  stream_->async_send_rest([&](error_code error, std::size_t) { ending = error; });
  // Closed with unread bytes: a reset (RFC 9293 section 3.6.1).
  peer_.close();
  loop_.restart();
  loop_.run_for(std::chrono::seconds(20));
  EXPECT_TRUE(ending == asio::error::connection_reset || ending == asio::error::broken_pipe)
      << ending.message();
  error_code error;
  write("more", error);
  EXPECT_TRUE(error) << "nothing can be sent any more";
  EXPECT_THROW(stream_->write_some(asio::buffer("more", 4)), boost::system::system_error);
}

TEST_F(FrameStreamTest, EndsWhatIsUnderWayWhenItIsClosed) {
  write(large);
  error_code ending;
  stream_->async_send_rest([&](error_code error, std::size_t) { ending = error; });
  stream_->next_layer().close();
  loop_.restart();
  loop_.run_for(std::chrono::seconds(20));
  EXPECT_EQ(ending, asio::error::operation_aborted);
}

}  // namespace
}  // namespace parley::testing
