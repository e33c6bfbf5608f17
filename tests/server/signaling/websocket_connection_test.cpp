#include "server/signaling/websocket_connection.h"

#include <gtest/gtest.h>

#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

// What the other of a room sees of a client that closes its WebSocket with `payload`, a close
// frame's.
ServerMessage seen_after_close(std::string_view payload) {
  TestServer server(test_options());
  Caller stays(server.port());
  stays.join("room");
  Caller goes(server.port());
  goes.join("room");
  stays.receive_a<ParticipantJoined>();
  goes.socket().send_frame(Opcode::Close, payload);
  return stays.receive();
}

TEST(WebSocketConnection, LeavesWhenTheBrowserSaysThatThePageIsGone) {
  const auto seen = seen_after_close("\x03\xe9");  // 1001
  const auto* left = std::get_if<ParticipantLeft>(&seen);
  ASSERT_NE(left, nullptr);
  EXPECT_EQ(left->reason, LeaveReason::Left);
}

TEST(WebSocketConnection, IsAwayWhenItIsClosedForAnotherReason) {
  for (const std::string_view payload : {"", "\x03\xe8", "\x0f\xa0"}) {  // none, 1000, 4000
    const auto seen = seen_after_close(payload);
    const auto* changed = std::get_if<ParticipantChanged>(&seen);
    ASSERT_NE(changed, nullptr);
    EXPECT_EQ(changed->participant.presence, Presence::Away);
  }
}

TEST(WebSocketConnection, EndsAlsoWhereTheClientClosesTheWebSocketAlone) {
  ServerOptions options = test_options();
  options.timeouts.closing = std::chrono::milliseconds(50);
  TestServer server(std::move(options));
  Caller caller(server.port());
  caller.join("room");
  caller.socket().send_frame(Opcode::Close, "\x03\xe8");
  wait_for_metric(server.port(), "parley_connections", 0);
}

// Sends `slow`, which does not read, more than the kernel holds for it, with pings of its own in
// between; then it reads, and has to find all frames, each in one piece.
void expect_whole_frames(Caller& sender, Caller& slow) {
  constexpr int rounds = 7;
  slow.socket().tcp().shrink_receive_buffer(16 * 1024);
  slow.join("room");
  sender.join("room");
  slow.receive_a<ParticipantJoined>();
  const std::string sdp(40'000, 'x');
  for (int round = 0; round < rounds; ++round) {
    sender.signal(slow, sdp + std::to_string(round));
    sender.send(Ping{});
    sender.receive_a<Pong>();  // the signal has been dealt with
    slow.socket().send_frame(Opcode::Ping, std::to_string(round));
  }
  int signals = 0;
  int pongs = 0;
  while (signals + pongs < 2 * rounds) {
    const auto frame = slow.socket().receive();
    ASSERT_TRUE(frame.has_value());
    if (frame->opcode == Opcode::Pong) {
      EXPECT_EQ(frame->payload, std::to_string(pongs++));
    } else if (frame->opcode == Opcode::Text) {
      const auto message = decode_server_message(frame->payload);
      ASSERT_TRUE(message) << frame->payload.substr(0, 200);
      const auto* signal = std::get_if<SignalFrom>(&*message);
      ASSERT_NE(signal, nullptr);
      EXPECT_EQ(sdp_of(*signal), sdp + std::to_string(signals++));
    }
  }
  EXPECT_EQ(signals, rounds);
}

TEST(WebSocketConnection, KeepsFramesApartWhereTheReaderIsSlow) {
  TestServer server(test_options());
  Caller sender(server.port());
  Caller slow(server.port());
  expect_whole_frames(sender, slow);
}

TEST(WebSocketConnection, KeepsFramesApartOverTls) {
  CertificateFiles files;
  TestServer server(tls_options(files));
  const auto connect = [&] {
    TcpClient client(server.port());
    EXPECT_TRUE(client.start_tls());
    return client;
  };
  Caller sender(connect(), "");
  Caller slow(connect(), "");
  expect_whole_frames(sender, slow);
}

}  // namespace
}  // namespace parley::testing
