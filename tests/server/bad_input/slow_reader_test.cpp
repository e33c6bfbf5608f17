// Clients that do not read, do not answer, or are not there any more.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

class SlowReaderTest : public BadInputTest {
 protected:
  explicit SlowReaderTest(ServerOptions options = test_options())
      : BadInputTest(std::move(options)) {
    sender_.join("slow");
    slow_.socket().tcp().shrink_receive_buffer(32 * 1024);
    slow_.join("slow");
    sender_.receive_a<ParticipantJoined>();
  }

  // Sends to the slow one until the server gives it up. Everything between the two, the kernel's
  // buffers included, is far below the 400 messages of 40 KB that are tried.
  void flood() {
    const std::string sdp(40'000, 'x');
    for (int count = 0; count < 400; ++count) {
      // All along, so that it answers its pings, however long this takes.
      other_call_.expect_goes_on();
      if (HasFailure()) return;
      sender_.signal(slow_, sdp);
      // The server deals with the messages of a connection one by one: its pong says that the
      // signal has been dealt with, and comes after any news of the slow one.
      sender_.send(Ping{});
      for (;;) {
        const ServerMessage message = sender_.receive();
        if (std::holds_alternative<Pong>(message)) break;
        if (const auto* changed = std::get_if<ParticipantChanged>(&message)) {
          EXPECT_EQ(changed->participant.id, slow_.joined.id);
          EXPECT_EQ(changed->participant.presence, Presence::Away);
          return;
        }
      }
    }
    FAIL() << "the server keeps everything for who does not read";
  }

  Caller sender_{port(), "slow"};
  Caller slow_{port(), "slow"};
};

TEST_F(SlowReaderTest, IsClosedWith4005AndTheOthersSeeItGoAway) {
  flood();
  // What was on its way still comes, then the reason.
  EXPECT_EQ(slow_.receive_error(), ErrorCode::TooSlow);
  EXPECT_EQ(slow_.socket().receive_close(), 4005);
}

TEST_F(SlowReaderTest, MayComeBackAsItself) {
  flood();
  Caller back(port(), "slow");
  back.join("slow", Resume{slow_.joined.id, slow_.joined.resume.secret, std::nullopt});
  EXPECT_EQ(back.joined.id, slow_.joined.id);
  sender_.signal(back, "welcome back");
  EXPECT_EQ(sdp_of(back.receive_a<SignalFrom>()), "welcome back");
}

ServerOptions hurried() {
  ServerOptions options = test_options();
  options.timeouts.closing = std::chrono::milliseconds(50);
  // The other call's two answer pings only between what the test does: where a busy machine holds
  // the test up for three quarters of this, the server rightly gives them up.
  options.timeouts.idle = std::chrono::milliseconds(1200);
  return options;
}

// Whether so many WebSockets are open, by the server's own account.
bool has_connections(std::uint16_t port, int count) {
  return fetch(port, "/metrics").body.find("parley_connections " + std::to_string(count) + "\n") !=
         std::string::npos;
}

// Lets `other` go on until `happens`; fails the test when that takes longer than anything should,
// or when the other call notices.
template <class Happens>
void go_on_until(OtherCall& other, Happens happens) {
  const auto deadline = std::chrono::steady_clock::now() + TcpClient::patience;
  while (!happens()) {
    ASSERT_LT(std::chrono::steady_clock::now(), deadline);
    other.expect_goes_on();
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
}

class NeverReaderTest : public SlowReaderTest {
 protected:
  NeverReaderTest() : SlowReaderTest(hurried()) {}
};

TEST_F(NeverReaderTest, IsDroppedWhenItDoesNotEvenTakeTheReason) {
  flood();
  // Three are left: the sender and the two of the other call.
  ASSERT_NO_FATAL_FAILURE(go_on_until(other_call_, [&] { return has_connections(port(), 3); }));
  EXPECT_EQ(slow_.socket().tcp().receive_all().find("too-slow"), std::string::npos);
}

class SilentPeerTest : public BadInputTest {
 protected:
  SilentPeerTest() : BadInputTest(hurried()) {}

  // The next frame for `caller`; the other call goes on until it comes. Nothing when the connection
  // has ended or the other call has failed.
  std::optional<Frame> next_frame(Caller& caller) {
    go_on_until(other_call_, [&] {
      return caller.socket().tcp().has_bytes_within(std::chrono::milliseconds(10));
    });
    return HasFailure() ? std::nullopt : caller.socket().receive();
  }
};

TEST_F(SilentPeerTest, IsPingedThenGivenUp) {
  Caller silent(port(), "silence");
  silent.join("silence");
  const auto begin = std::chrono::steady_clock::now();
  int pings = 0;
  while (const auto frame = next_frame(silent)) pings += frame->opcode == Opcode::Ping;
  EXPECT_EQ(pings, 1);
  // Three to four of the four heartbeats in the time allowed.
  EXPECT_GE(std::chrono::steady_clock::now() - begin, hurried().timeouts.idle * 5 / 8);
}

TEST_F(SilentPeerTest, LivesOnWhileItAnswersPings) {
  Caller answering(port(), "answering");
  for (int pings = 0; pings < 4;) {
    const auto frame = next_frame(answering);
    ASSERT_TRUE(frame);
    if (frame->opcode != Opcode::Ping) continue;
    answering.socket().send_frame(Opcode::Pong, frame->payload);
    ++pings;
  }
  answering.send(Ping{});
  answering.receive_a<Pong>();
}

TEST_F(SilentPeerTest, IsGivenUpWhenItDoesNotEndTheClosing) {
  Caller closing(port(), "closing");
  closing.socket().send_frame(Opcode::Close, "\x03\xe8");
  EXPECT_EQ(closing.socket().receive()->opcode, Opcode::Close);
  // This client keeps its end open. Only the two of the other call are left in the end.
  go_on_until(other_call_, [&] { return has_connections(port(), 2); });
}

}  // namespace
}  // namespace parley::testing
