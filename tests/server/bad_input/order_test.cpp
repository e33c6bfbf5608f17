// Valid messages at the wrong moment.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

ServerOptions with_short_hello_deadline() {
  ServerOptions options = test_options();
  options.timeouts.hello = std::chrono::milliseconds(50);
  return options;
}

ErrorCode error_in(const std::optional<std::string>& text) {
  const auto message = decode_server_message(text.value_or(""));
  const auto* error = message ? std::get_if<ErrorMessage>(&*message) : nullptr;
  EXPECT_NE(error, nullptr) << text.value_or("(the connection ended)");
  return error ? error->code : ErrorCode::BadMessage;
}

class OrderTest : public BadInputTest {};

class HelloTimeoutTest : public BadInputTest {
 protected:
  HelloTimeoutTest() : BadInputTest(with_short_hello_deadline()) {}
};

TEST_F(HelloTimeoutTest, SilenceClosesWith4002) {
  WebSocketClient client(port());
  EXPECT_EQ(error_in(client.receive_text()), ErrorCode::HelloTimeout);
  EXPECT_EQ(client.receive_close(), 4002);
}

TEST_F(HelloTimeoutTest, PingsOfTheWebSocketAreNoHello) {
  WebSocketClient client(port());
  client.send_frame(Opcode::Ping, "");
  EXPECT_EQ(client.receive()->opcode, Opcode::Pong);
  EXPECT_EQ(error_in(client.receive_text()), ErrorCode::HelloTimeout);
}

TEST_F(OrderTest, AnythingBeforeHelloClosesWith4001) {
  for (
      const char* text :
      {R"({"type":"ping"})", R"({"type":"leave"})",
       R"({"type":"join","room":"a","name":"","media":{"audio":"on","camera":"on","screen":"on"}})"}) {
    WebSocketClient client(port());
    client.send_text(text);
    EXPECT_EQ(error_in(client.receive_text()), ErrorCode::HelloRequired) << text;
    EXPECT_EQ(client.receive_close(), 4001) << text;
  }
}

TEST_F(OrderTest, UnknownVersionClosesWith4003) {
  WebSocketClient client(port());
  client.send_text(R"({"type":"hello","versions":[2,3]})");
  EXPECT_EQ(error_in(client.receive_text()), ErrorCode::UnsupportedVersion);
  EXPECT_EQ(client.receive_close(), 4003);
}

TEST_F(OrderTest, HelloAndJoinMayComeTogether) {
  WebSocketClient client(port(), "together");
  Join join;
  join.room = RoomId("together");
  client.tcp().send(frame_bytes(Opcode::Text, encode(Hello{{protocol_version}, {}})) +
                    frame_bytes(Opcode::Text, encode(join)) +
                    frame_bytes(Opcode::Text, encode(Update{Name("Ana"), {}})) +
                    frame_bytes(Opcode::Text, encode(Ping{})));
  for (const char* type : {"welcome", "joined", "pong"}) {
    const auto text = client.receive_text();
    ASSERT_TRUE(text) << type;
    EXPECT_NE(text->find("\"type\":\"" + std::string(type) + "\""), std::string::npos) << *text;
  }
}

TEST_F(OrderTest, SecondJoinIsRefusedAndTheFirstStays) {
  Caller first(port(), "double");
  first.join("double");
  Caller second(port(), "double");
  second.join("double");
  Join again;
  again.room = RoomId("elsewhere");
  second.send(again);
  EXPECT_EQ(second.receive_error(), ErrorCode::AlreadyJoined);
  first.signal(second, "still here");
  EXPECT_EQ(sdp_of(second.receive_a<SignalFrom>()), "still here");
}

TEST_F(OrderTest, NothingGoesToARoomBeforeJoining) {
  Caller inside(port(), "inside");
  inside.join("inside");
  Caller outside(port(), "inside");
  outside.signal(inside, "from outside");
  EXPECT_EQ(outside.receive_error(), ErrorCode::NotJoined);
  outside.send(Update{Name("Nobody"), {}});
  EXPECT_EQ(outside.receive_error(), ErrorCode::NotJoined);
  outside.send(Leave{});
  EXPECT_EQ(outside.receive_error(), ErrorCode::NotJoined);
}

TEST_F(OrderTest, WhoLeftHearsNothingMoreAndMayJoinAgain) {
  Caller stays(port(), "revolving");
  stays.join("revolving");
  // Without a hint the connection may be on another shard than the room: both ways must work.
  for (int round = 0; round < 4; ++round) {
    Caller comes(port(), round % 2 == 0 ? "revolving" : "");
    comes.join("revolving");
    const auto first_id = comes.joined.id;
    stays.receive_a<ParticipantJoined>();
    comes.send(Leave{});
    EXPECT_EQ(stays.receive_a<ParticipantLeft>().id, first_id);
    comes.signal(stays, "gone");
    EXPECT_EQ(comes.receive_error(), ErrorCode::NotJoined);
    comes.join("revolving");
    EXPECT_NE(comes.joined.id, first_id);
    EXPECT_EQ(stays.receive_a<ParticipantJoined>().participant.id, comes.joined.id);
    comes.send(Leave{});
    EXPECT_EQ(stays.receive_a<ParticipantLeft>().id, comes.joined.id);
  }
}

TEST_F(OrderTest, FullRoomIsRefusedAndTheConnectionMayTryAnother) {
  ServerOptions options = test_options();
  options.room_participants = 1;
  const TestServer small(options);
  Caller first(small.port(), "full");
  first.join("full");
  for (const char* hint : {"full", "", "other"}) {
    Caller second(small.port(), hint);
    Join join;
    join.room = RoomId("full");
    second.send(join);
    EXPECT_EQ(second.receive_error(), ErrorCode::RoomFull);
    second.join("free" + std::string(hint));
  }
}

}  // namespace
}  // namespace parley::testing
