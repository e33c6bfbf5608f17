#include "core/call/server_session.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

class ServerSessionTest : public ::testing::Test {
 protected:
  std::vector<std::string> emitted() {
    std::vector<std::string> types;
    while (auto output = effects_.take()) {
      if (const auto* send = std::get_if<output::Send>(&*output)) {
        const auto message = decode_client_message(send->text);
        types.push_back(
            std::visit([](const auto& each) { return std::string(each.type); }, *message));
      } else {
        types.push_back(
            std::visit([](const auto& each) { return std::string(each.type); }, *output));
      }
    }
    return types;
  }

  std::optional<SessionEvent> receive(const ServerMessage& message) {
    return session_.socket_message(effects_, SocketId(socket_), encode(message));
  }

  void reach_ready() {
    session_.open(effects_, RoomId("demo"), ClientName("test"));
    session_.socket_opened(effects_, SocketId(socket_));
    receive(Welcome{});
    emitted();
  }
  void reach_joined() {
    reach_ready();
    session_.join(effects_, a_join());
    receive(a_joined());
    emitted();
  }
  static Join a_join() {
    Join join;
    join.room = RoomId("demo");
    return join;
  }
  static Joined a_joined() {
    Joined joined;
    joined.room = RoomId("demo");
    joined.id = ParticipantId("me");
    return joined;
  }
  std::optional<SessionEvent> wait() {
    effects_.set_now(*session_.next_timeout());
    return session_.time_passed(effects_);
  }

  using Types = std::vector<std::string>;
  using State = ServerSession::State;
  std::uint32_t socket_ = 1;
  Effects effects_{1};
  ServerSession session_;
};

TEST_F(ServerSessionTest, GreetsAndJoins) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  EXPECT_EQ(emitted(), Types{"open-socket"});
  session_.socket_opened(effects_, SocketId(1));
  EXPECT_EQ(emitted(), Types{"hello"});
  EXPECT_TRUE(std::holds_alternative<session_event::Greeted>(*receive(Welcome{})));
  session_.join(effects_, a_join());
  EXPECT_EQ(emitted(), Types{"join"});
  EXPECT_FALSE(effects_.can_signal());
  EXPECT_TRUE(std::holds_alternative<session_event::Entered>(*receive(a_joined())));
  EXPECT_TRUE(effects_.can_signal());
}

TEST_F(ServerSessionTest, MayJoinBeforeItIsWelcomed) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  session_.socket_opened(effects_, SocketId(1));
  ASSERT_TRUE(session_.can_join());
  session_.join(effects_, a_join());
  receive(Welcome{});
  EXPECT_EQ(session_.state(), State::Joining);
  receive(a_joined());
  EXPECT_EQ(session_.state(), State::Joined);
}

TEST_F(ServerSessionTest, PingsASilentServerAndGivesItUp) {
  reach_joined();
  EXPECT_FALSE(wait());
  EXPECT_EQ(emitted(), Types{"ping"});
  receive(Pong{});
  EXPECT_EQ(*session_.next_timeout(), effects_.now() + ServerSession::ping_after);
  wait();
  emitted();
  EXPECT_TRUE(std::holds_alternative<session_event::Interrupted>(*wait()));
  EXPECT_EQ(session_.state(), State::Pausing);
  EXPECT_FALSE(effects_.can_signal());
}

TEST_F(ServerSessionTest, AfterASleepAsksBeforeItGivesUp) {
  reach_joined();
  effects_.set_now(effects_.now() + Duration::seconds(3600));
  EXPECT_FALSE(session_.time_passed(effects_));
  EXPECT_EQ(emitted(), Types{"ping"});
  EXPECT_EQ(*session_.next_timeout(),
            effects_.now() + ServerSession::lost_after - ServerSession::ping_after);
}

TEST_F(ServerSessionTest, OpensAnotherSocketAfterALoss) {
  reach_joined();
  session_.socket_closed(effects_, SocketId(1), 1006);
  EXPECT_EQ(emitted(), Types{"close-socket"});
  wait();
  EXPECT_EQ(emitted(), Types{"open-socket"});
  EXPECT_TRUE(session_.is_current(SocketId(2)));
  EXPECT_FALSE(session_.is_current(SocketId(1)));
}

TEST_F(ServerSessionTest, TriesAtOnceAndThenOnceInEachSpread) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  const auto spread = ReconnectPolicy().spread;
  for (std::uint32_t attempt = 1; attempt <= 4; ++attempt) {
    const auto before = effects_.now();
    session_.socket_closed(effects_, SocketId(attempt), 1006);
    const auto delay = *session_.next_timeout() - before;
    EXPECT_LT(delay, spread);
    if (attempt == 1) {
      EXPECT_EQ(delay, Duration());
    } else if (attempt > 2) {
      EXPECT_GE(delay, spread / 8 * 7);
    }
    wait();
  }
  EXPECT_EQ(session_.attempts(), 5u);
}

TEST_F(ServerSessionTest, IsRefusedForGoodWhereAnotherAttemptWouldEndTheSame) {
  reach_joined();
  const auto event =
      session_.socket_closed(effects_, SocketId(1), facts_of(ErrorCode::Replaced).close_code);
  EXPECT_EQ(std::get<session_event::Refused>(*event).problem, Problem::Replaced);
  EXPECT_EQ(session_.state(), State::Closed);
}

TEST_F(ServerSessionTest, AFullRoomIsFinal) {
  reach_ready();
  session_.join(effects_, a_join());
  const auto event = receive(make_error(ErrorCode::RoomFull));
  EXPECT_EQ(std::get<session_event::Refused>(*event).problem, Problem::RoomFull);
}

TEST_F(ServerSessionTest, SaysGoodbyeWhenItIsInTheRoom) {
  reach_joined();
  session_.close(effects_);
  EXPECT_EQ(emitted(), (Types{"leave", "close-socket"}));
  EXPECT_FALSE(session_.next_timeout());
}

TEST_F(ServerSessionTest, IgnoresMessagesItDoesNotKnow) {
  reach_joined();
  EXPECT_FALSE(session_.socket_message(effects_, SocketId(1), R"({"type":"tomorrow"})"));
  EXPECT_FALSE(session_.socket_message(effects_, SocketId(1), "garbage"));
  EXPECT_EQ(session_.state(), State::Joined);
}

TEST_F(ServerSessionTest, TriesAgainAtOnceAfterAHint) {
  reach_joined();
  session_.socket_closed(effects_, SocketId(1), 1006);
  ASSERT_EQ(session_.state(), State::Pausing);
  emitted();
  session_.hint(effects_, HintCause::PageVisible);
  EXPECT_EQ(emitted(), Types{"open-socket"});
}

TEST_F(ServerSessionTest, AsksForASignOfLifeAfterAHintAndGivesUpSoon) {
  reach_joined();
  EXPECT_FALSE(session_.hint(effects_, HintCause::Online));
  EXPECT_EQ(emitted(), Types{"ping"});
  const auto asked = effects_.now();
  wait();
  EXPECT_EQ(session_.next_timeout(), asked + ServerSession::probe_within);
  receive(Pong{});
  EXPECT_EQ(session_.next_timeout(), effects_.now() + ServerSession::ping_after);
  session_.hint(effects_, HintCause::Online);
  wait();
  EXPECT_TRUE(std::holds_alternative<session_event::Interrupted>(*wait()));
}

TEST_F(ServerSessionTest, ComesBackWhenItWasToldTo) {
  reach_joined();
  EXPECT_TRUE(std::holds_alternative<session_event::Interrupted>(*receive(ComeBack{1'730, {}})));
  EXPECT_EQ(emitted(), Types{"close-socket"});
  EXPECT_EQ(session_.state(), State::Returning);
  EXPECT_FALSE(session_.is_in_trouble());
  EXPECT_FALSE(effects_.can_signal());
  EXPECT_EQ(session_.next_timeout(), effects_.now() + Duration::milliseconds(1'730));
  wait();
  EXPECT_FALSE(std::get<output::OpenSocket>(*effects_.take()).server);
  EXPECT_FALSE(session_.is_in_trouble());
}

TEST_F(ServerSessionTest, NoHintMakesItComeBackEarlier) {
  reach_joined();
  receive(ComeBack{1'730, {}});
  session_.hint(effects_, HintCause::Online);
  session_.hint(effects_, HintCause::PageVisible);
  EXPECT_EQ(session_.state(), State::Returning);
}

TEST_F(ServerSessionTest, DoesNotWaitForAServerForLongerThanAMinute) {
  reach_joined();
  receive(ComeBack{4'000'000'000, {}});
  EXPECT_EQ(session_.next_timeout(), effects_.now() + ReconnectPolicy().longest_return);
}

TEST_F(ServerSessionTest, GoesWhereItIsSentAndAsksTheFirstServerInTurnsWhereNobodyAnswers) {
  const Url other("https://b.example.org/");
  reach_joined();
  receive(ComeBack{0, other});
  emitted();
  std::vector<std::optional<Url>> asked;
  for (std::uint32_t socket = 2; socket <= 6; ++socket) {
    wait();
    asked.push_back(std::get<output::OpenSocket>(*effects_.take()).server);
    session_.socket_closed(effects_, SocketId(socket), 1006);
    emitted();
  }
  EXPECT_EQ(asked,
            (std::vector<std::optional<Url>>{other, other, std::nullopt, other, std::nullopt}));
}

TEST_F(ServerSessionTest, StaysWhereItWasSent) {
  const Url other("https://b.example.org/");
  reach_joined();
  receive(ComeBack{0, other});
  wait();
  socket_ = 2;
  session_.socket_opened(effects_, SocketId(2));
  receive(Welcome{});
  session_.join(effects_, a_join());
  receive(a_joined());
  emitted();
  session_.socket_closed(effects_, SocketId(2), 1006);
  emitted();
  wait();
  EXPECT_EQ(std::get<output::OpenSocket>(*effects_.take()).server, other);
}

TEST_F(ServerSessionTest, OpensASecondSocketBesideASilentOne) {
  reach_joined();
  session_.probe(effects_);
  EXPECT_EQ(emitted(), Types{"ping"});
  EXPECT_FALSE(wait());
  EXPECT_EQ(emitted(), Types{"open-socket"});
  EXPECT_EQ(session_.state(), State::Joined);
  EXPECT_TRUE(session_.is_current(SocketId(1)));
  EXPECT_TRUE(session_.is_current(SocketId(2)));
}

TEST_F(ServerSessionTest, TheSecondSocketTakesThePlaceOfTheSilentOneOnceItIsOpen) {
  reach_joined();
  session_.probe(effects_);
  wait();
  emitted();
  const auto event = session_.socket_opened(effects_, SocketId(2));
  ASSERT_TRUE(event);
  EXPECT_TRUE(std::holds_alternative<session_event::Interrupted>(*event));
  EXPECT_EQ(emitted(), (Types{"close-socket", "hello"}));
  EXPECT_EQ(session_.state(), State::Greeting);
  EXPECT_FALSE(effects_.can_signal());
  EXPECT_FALSE(session_.is_current(SocketId(1)));
}

TEST_F(ServerSessionTest, AnAnswerEndsTheSecondSocket) {
  reach_joined();
  session_.probe(effects_);
  wait();
  emitted();
  receive(Pong{});
  EXPECT_EQ(emitted(), Types{"close-socket"});
  EXPECT_FALSE(session_.is_current(SocketId(2)));
  EXPECT_EQ(*session_.next_timeout() - effects_.now(), ServerSession::ping_after);
}

TEST_F(ServerSessionTest, AnAnswerInTimeMakesTheSecondSocketNeedless) {
  reach_joined();
  session_.probe(effects_);
  receive(Pong{});
  wait();
  EXPECT_EQ(emitted(), (Types{"ping", "ping"}));
}

TEST_F(ServerSessionTest, WhereTheSecondSocketFailsTooTheSilentOneKeepsItsTime) {
  reach_joined();
  session_.probe(effects_);
  const auto asked = effects_.now();
  wait();
  EXPECT_FALSE(session_.socket_closed(effects_, SocketId(2), 1006));
  EXPECT_EQ(session_.state(), State::Joined);
  EXPECT_EQ(*session_.next_timeout() - asked, ServerSession::probe_within);
}

TEST_F(ServerSessionTest, OpensAnotherBesideOneThatTakesLong) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  emitted();
  EXPECT_TRUE(wait());
  EXPECT_EQ(emitted(), Types{"open-socket"});
  EXPECT_EQ(session_.attempts(), 2u);
  session_.socket_opened(effects_, SocketId(1));
  EXPECT_EQ(emitted(), (Types{"close-socket", "hello"}));
  EXPECT_TRUE(session_.is_current(SocketId(1)));
  EXPECT_FALSE(session_.is_current(SocketId(2)));
}

TEST_F(ServerSessionTest, NoMoreThanTwoSocketsAreOpenedAtATime) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  wait();
  emitted();
  wait();
  EXPECT_EQ(emitted(), (Types{"close-socket", "open-socket"}));
  EXPECT_FALSE(session_.is_current(SocketId(1)));
  session_.socket_opened(effects_, SocketId(3));
  EXPECT_EQ(emitted(), (Types{"close-socket", "hello"}));
  EXPECT_TRUE(session_.is_current(SocketId(3)));
}

TEST_F(ServerSessionTest, OneOfTwoAttemptsMayFail) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  wait();
  EXPECT_FALSE(session_.socket_closed(effects_, SocketId(1), 1006));
  EXPECT_EQ(session_.state(), State::Opening);
  EXPECT_TRUE(session_.is_current(SocketId(2)));
  EXPECT_TRUE(session_.socket_closed(effects_, SocketId(2), 1006));
  EXPECT_EQ(session_.state(), State::Pausing);
}

TEST_F(ServerSessionTest, BothSocketsAreClosedAtTheEnd) {
  reach_joined();
  session_.probe(effects_);
  wait();
  emitted();
  session_.close(effects_);
  EXPECT_EQ(emitted(), (Types{"leave", "close-socket", "close-socket"}));
}

TEST_F(ServerSessionTest, BeginsAnewWhatItTriedWithoutANetwork) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  emitted();
  effects_.set_now(effects_.now() + ServerSession::begins_anew_after);
  session_.network_is_back(effects_);
  EXPECT_EQ(emitted(), (Types{"close-socket", "open-socket"}));
  // Others tell of the same return.
  effects_.set_now(effects_.now() + Duration::milliseconds(200));
  session_.network_is_back(effects_);
  EXPECT_TRUE(emitted().empty());
}

TEST_F(ServerSessionTest, WaitsNoLongerOnceTheNetworkIsBack) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  session_.socket_closed(effects_, SocketId(1), 1006);
  EXPECT_EQ(session_.state(), State::Pausing);
  emitted();
  session_.network_is_back(effects_);
  EXPECT_EQ(session_.state(), State::Opening);
  EXPECT_EQ(emitted(), Types{"open-socket"});
}

TEST_F(ServerSessionTest, LeavesWhatWorksAloneWhenTheNetworkIsBack) {
  reach_joined();
  session_.network_is_back(effects_);
  EXPECT_EQ(session_.state(), State::Joined);
  EXPECT_TRUE(emitted().empty());
}

TEST_F(ServerSessionTest, BeginsAnAttemptAnewOnAnotherNetworkOnly) {
  session_.open(effects_, RoomId("demo"), ClientName("test"));
  emitted();
  EXPECT_FALSE(session_.hint(effects_, HintCause::PageVisible));
  EXPECT_EQ(session_.state(), State::Opening);
  EXPECT_TRUE(session_.hint(effects_, HintCause::NetworkChanged));
  EXPECT_EQ(emitted(), Types{"close-socket"});
  EXPECT_EQ(session_.next_timeout(), effects_.now());
}

}  // namespace
}  // namespace parley
