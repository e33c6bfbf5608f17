#include "server/signaling/websocket_connection.h"

#include <gtest/gtest.h>

#include "tests/server/support/caller.h"
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

}  // namespace
}  // namespace parley::testing
