#include "server/signaling/session.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace parley {
namespace {

// What a session does, as a list of words: "send:welcome", "room a:enter", "close:too-slow"…
class SessionTest : public ::testing::Test, protected Session::Host, protected Session::Wire {
 protected:
  SharedText welcome() const override {
    return std::make_shared<const std::string>(encode(ServerMessage(Welcome{})));
  }
  ConnectionId renumber(ConnectionId old) override { return old + 1; }
  void to_room(const RoomId& room, RoomInput input) override {
    static constexpr const char* names[] = {"enter", "received", "disconnected", "tick"};
    done_.push_back("room " + room.value() + ":" + names[input.index()]);
    if (auto* const enter = std::get_if<room_input::Enter>(&input)) entered_ = std::move(*enter);
  }
  const ResumeTickets& tickets() const override { return tickets_; }
  const IceServerIssuer& ice_servers() const override { return ice_servers_; }
  const std::optional<TokenKey>& token_key() const override { return token_key_; }
  void count_error(ErrorCode) override { ++errors_counted_; }

  void send(SharedText text) override {
    const auto message = decode_server_message(*text);
    ASSERT_TRUE(message) << *text;
    std::string word =
        std::visit([](const auto& each) { return std::string(each.type); }, *message);
    if (const auto* error = std::get_if<ErrorMessage>(&*message)) word = name_of(error->code);
    if (const auto* joined = std::get_if<Joined>(&*message)) joined_ = *joined;
    done_.push_back("send:" + word);
    if (on_send_) std::exchange(on_send_, nullptr)();
  }
  void close(ErrorCode reason) override {
    done_.push_back("close:" + std::string(name_of(reason)));
  }

  using Words = std::vector<std::string>;
  Words done() { return std::exchange(done_, {}); }

  void text(const ClientMessage& message) { session_.on_text(encode(message)); }
  void hello() { text(Hello{{protocol_version}, {}}); }
  void join(const std::string& room) {
    Join join;
    join.room = RoomId(room);
    text(join);
  }

  const ResumeTickets tickets_{ResumeKey{std::string(ResumeKey::size, 'k')}};
  const IceServerIssuer ice_servers_{{},
                                     {{"turn:a.example"}, {"north"}, std::chrono::seconds(600)}};
  std::optional<TokenKey> token_key_;
  Session session_{*this, *this, 100};
  room_input::Enter entered_;
  Joined joined_;
  Words done_;
  int errors_counted_ = 0;
  std::function<void()> on_send_;
};

TEST_F(SessionTest, TellsWhenToComeBackBeforeItCloses) {
  hello();
  join("a");
  done();
  session_.send_away(ComeBack{500, {}}, make_error(ErrorCode::ShuttingDown));
  EXPECT_EQ(done(), (Words{"send:come-back", "send:shutting-down", "room a:disconnected",
                           "close:shutting-down"}));
  session_.send_away(ComeBack{500, {}}, make_error(ErrorCode::ShuttingDown));
  EXPECT_EQ(done(), Words{});
}

TEST_F(SessionTest, WhoHasNotSaidHelloIsOnlyClosed) {
  session_.send_away(ComeBack{500, {}}, make_error(ErrorCode::ShuttingDown));
  EXPECT_EQ(done(), (Words{"send:shutting-down", "close:shutting-down"}));
}

TEST_F(SessionTest, GreetsThenJoins) {
  hello();
  join("a");
  EXPECT_EQ(done(), (Words{"send:welcome", "room a:enter"}));
}

TEST_F(SessionTest, AnswersWithIceServersForTheParticipant) {
  hello();
  join("a");
  Joined joined;
  joined.room = RoomId("a");
  joined.id = ParticipantId("ana");
  session_.on_event(connection_event::Answer{joined});
  ASSERT_EQ(joined_.ice_servers.size(), 1u);
  EXPECT_TRUE(joined_.ice_servers[0].username->value().ends_with(":ana"));
}

TEST_F(SessionTest, PassesOnWhatATokenSays) {
  token_key_ = *TokenKey::from_secret(std::string(32, 's'));
  hello();
  Join message;
  message.room = RoomId("a");
  message.name = Name("whoever");
  const auto tomorrow = std::chrono::floor<std::chrono::seconds>(ResumeTickets::Clock::now()) +
                        std::chrono::hours(24);
  message.token = Token(*issue_token(
      *token_key_, {RoomId("a"), Identity("ana"), Standing::Host, Name("Ana"), tomorrow}));
  text(message);
  EXPECT_EQ(done().back(), "room a:enter");
  EXPECT_EQ(entered_.pass, (Pass{Identity("ana"), Standing::Host}));
  EXPECT_EQ(entered_.join.name, Name("Ana"));
}

TEST_F(SessionTest, RefusesATokenThatOpensNothingAndSaysWhy) {
  token_key_ = *TokenKey::from_secret(std::string(32, 's'));
  hello();
  done();
  const auto now = std::chrono::floor<std::chrono::seconds>(ResumeTickets::Clock::now());
  const auto token_for = [&](const std::string& room, std::chrono::sys_seconds expires) {
    const auto issued = issue_token(
        *token_key_, {RoomId(room), Identity("ana"), Standing::Guest, std::nullopt, expires});
    return Token(*issued);
  };
  Join message;
  message.room = RoomId("a");
  const std::vector<std::pair<Token, std::string>> refusals = {
      {Token("a.b.c"), "token-invalid"},
      {token_for("a", now - std::chrono::seconds(1)), "token-expired"},
      {token_for("b", now + std::chrono::hours(1)), "token-for-other-room"}};
  for (const auto& [token, reason] : refusals) {
    message.token = token;
    text(message);
    EXPECT_EQ(done(), Words{"send:" + reason});
  }
}

TEST_F(SessionTest, WhoComesBackMayHaveATokenThatHasExpired) {
  token_key_ = *TokenKey::from_secret(std::string(32, 's'));
  hello();
  done();
  Join message;
  message.room = RoomId("a");
  const ParticipantId ana("ana");
  const auto now = ResumeTickets::Clock::now();
  message.resume = Resume{ana, tickets_.issue(RoomId("a"), ana, Standing::Successor, now), {}};
  message.token = Token("a.b.c");
  text(message);
  EXPECT_EQ(done(), Words{"room a:enter"});
  EXPECT_EQ(entered_.pass, std::nullopt);
}

TEST_F(SessionTest, PassesOnlyAGenuineTicketOn) {
  hello();
  Join message;
  message.room = RoomId("a");
  const ParticipantId ana("ana");
  message.resume = Resume{
      ana, tickets_.issue(RoomId("a"), ana, Standing::Host, ResumeTickets::Clock::now()), {}};
  text(message);
  ASSERT_TRUE(entered_.join.resume);
  EXPECT_EQ(entered_.join.resume->id, ana);
  EXPECT_EQ(entered_.ticket, Standing::Host);

  text(Leave{});
  message.resume->id = ParticipantId("ben");
  text(message);
  EXPECT_FALSE(entered_.join.resume);
  EXPECT_EQ(entered_.ticket, Standing::Guest);
  EXPECT_NE(entered_.id, ParticipantId("ben"));
}

TEST_F(SessionTest, WantsHelloFirst) {
  join("a");
  EXPECT_EQ(done(), (Words{"send:hello-required", "close:hello-required"}));
  hello();
  EXPECT_EQ(done(), Words{});
}

TEST_F(SessionTest, ClosesWhoSaysNothing) {
  session_.on_hello_deadline();
  EXPECT_EQ(done(), (Words{"send:hello-timeout", "close:hello-timeout"}));
}

TEST_F(SessionTest, MindsTheDeadlineOnlyBeforeHello) {
  hello();
  done();
  session_.on_hello_deadline();
  EXPECT_EQ(done(), Words{});
}

TEST_F(SessionTest, RefusesVersionsItDoesNotSpeak) {
  text(Hello{{protocol_version + 1, protocol_version + 2}, {}});
  EXPECT_EQ(done(), (Words{"send:unsupported-version", "close:unsupported-version"}));
}

TEST_F(SessionTest, AnswersPingInAnyState) {
  hello();
  text(Ping{});
  join("a");
  text(Ping{});
  EXPECT_EQ(done(), (Words{"send:welcome", "send:pong", "room a:enter", "send:pong"}));
}

TEST_F(SessionTest, IsInOneRoomAtATime) {
  hello();
  join("a");
  done();
  join("b");
  hello();
  EXPECT_EQ(done(), (Words{"send:already-joined", "send:already-joined"}));
}

TEST_F(SessionTest, SaysNothingToRoomsItIsNotIn) {
  hello();
  done();
  text(Update{});
  text(Leave{});
  text(SignalTo{ParticipantId("x"), {}, EndOfCandidates{}});
  EXPECT_EQ(done(), (Words{"send:not-joined", "send:not-joined", "send:not-joined"}));
}

TEST_F(SessionTest, MayJoinAnotherRoomAfterLeaving) {
  hello();
  join("a");
  const auto first = session_.id();
  text(Leave{});
  join("b");
  EXPECT_NE(session_.id(), first);
  EXPECT_EQ(done(), (Words{"send:welcome", "room a:enter", "room a:received", "room b:enter"}));
}

TEST_F(SessionTest, MayTryAgainWhenItsJoinWasRefused) {
  hello();
  join("a");
  session_.on_event(connection_event::Delivery{
      std::make_shared<const std::string>(encode(ServerMessage(make_error(ErrorCode::RoomFull)))),
      ErrorCode::RoomFull});
  session_.on_event(connection_event::Refusal{});
  join("b");
  EXPECT_EQ(done(), (Words{"send:welcome", "room a:enter", "send:room-full", "room b:enter"}));
}

TEST_F(SessionTest, TellsItsRoomWhenItIsLost) {
  hello();
  join("a");
  done();
  session_.on_lost();
  session_.on_lost();
  EXPECT_EQ(done(), Words{"room a:disconnected"});
}

TEST_F(SessionTest, LeavesItsRoomWhenItsPageIsGone) {
  hello();
  join("a");
  done();
  session_.on_page_gone();
  session_.on_lost();
  EXPECT_EQ(done(), Words{"room a:received"});
}

TEST_F(SessionTest, HasNothingToLeaveWhenItsPageIsGoneBeforeItJoined) {
  hello();
  done();
  session_.on_page_gone();
  EXPECT_EQ(done(), Words{});
}

TEST_F(SessionTest, ClosesWhenItWasReplaced) {
  hello();
  join("a");
  done();
  session_.on_event(connection_event::Dismissal{ErrorCode::Replaced});
  EXPECT_EQ(done(), (Words{"send:replaced", "close:replaced"}));
}

TEST_F(SessionTest, ClosesAfterAnErrorOfItsRoomThatCloses) {
  hello();
  join("a");
  done();
  session_.on_event(connection_event::Delivery{
      std::make_shared<const std::string>(encode(ServerMessage(make_error(ErrorCode::ServerFull)))),
      ErrorCode::ServerFull});
  EXPECT_EQ(done(), (Words{"send:server-full", "room a:disconnected", "close:server-full"}));
}

TEST_F(SessionTest, CountsBadMessagesWhereverTheyAreFoundBad) {
  hello();
  join("a");
  done();
  const auto error = std::make_shared<const std::string>(
      encode(ServerMessage(make_error(ErrorCode::UnknownParticipant))));
  for (int count = 1; count < limits::errors_per_connection; ++count) {
    if (count % 2 == 0) {
      session_.on_text("{");
    } else {
      session_.on_event(connection_event::Delivery{error, ErrorCode::UnknownParticipant});
    }
    EXPECT_EQ(done().size(), 1u);
  }
  session_.on_text("{");
  EXPECT_EQ(done(), (Words{"send:bad-message", "send:too-many-errors", "room a:disconnected",
                           "close:too-many-errors"}));
  EXPECT_EQ(errors_counted_, limits::errors_per_connection + 1);
}

TEST_F(SessionTest, EndsOnceEvenWhenSendingTheErrorFails) {
  hello();
  join("a");
  done();
  on_send_ = [this] { session_.fail(ErrorCode::TooSlow); };
  session_.fail(ErrorCode::ShuttingDown);
  EXPECT_EQ(done(), (Words{"send:shutting-down", "send:too-slow", "room a:disconnected",
                           "close:too-slow"}));
}

TEST_F(SessionTest, HearsNothingAfterItsEnd) {
  hello();
  session_.fail(ErrorCode::TooLarge);
  done();
  join("a");
  session_.on_event(connection_event::Delivery{welcome(), {}});
  session_.on_event(connection_event::Dismissal{ErrorCode::Replaced});
  session_.fail(ErrorCode::TooSlow);
  EXPECT_EQ(done(), Words{});
}

}  // namespace
}  // namespace parley
