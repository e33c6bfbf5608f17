// Frames and messages that are wrong in themselves.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

class FramesTest : public BadInputTest {
 protected:
  // Expects the error `code` and then a close with `close_code`.
  static void expect_end(Caller& caller, ErrorCode code, std::uint16_t close_code) {
    EXPECT_EQ(caller.receive_error(), code);
    EXPECT_EQ(caller.socket().receive_close(), close_code);
  }
};

std::string padded_ping(std::size_t bytes) {
  const std::string ping = R"({"type":"ping"})";
  return ping + std::string(bytes - ping.size(), ' ');
}

TEST_F(FramesTest, LargestMessageIsTaken) {
  Caller caller(port());
  caller.socket().send_text(padded_ping(limits::frame_bytes));
  caller.receive_a<Pong>();
}

TEST_F(FramesTest, TooLargeMessageClosesWith1009) {
  Caller caller(port());
  caller.socket().send_text(padded_ping(limits::frame_bytes + 1));
  expect_end(caller, ErrorCode::TooLarge, 1009);
}

TEST_F(FramesTest, TooLargeMessageIsNotWaitedFor) {
  Caller caller(port());
  std::string beginning = frame_bytes(Opcode::Text, std::string(70'000, ' ')).substr(0, 20);
  beginning[2] = 0x7f;  // of 2^63 bytes or so
  caller.socket().tcp().send(beginning);
  EXPECT_EQ(caller.receive_error(), ErrorCode::TooLarge);
  EXPECT_EQ(caller.socket().receive()->close_code(), 1009);
}

TEST_F(FramesTest, ManySmallFramesMakeATooLargeMessage) {
  Caller caller(port());
  caller.socket().send_frame(Opcode::Text, padded_ping(1000), false);
  for (int part = 0; part < 65; ++part) {
    caller.socket().send_frame(Opcode::Continuation, std::string(1000, ' '), false);
  }
  expect_end(caller, ErrorCode::TooLarge, 1009);
}

TEST_F(FramesTest, MessageInPiecesIsOneMessage) {
  Caller caller(port());
  caller.socket().send_frame(Opcode::Text, R"({"type":)", false);
  caller.socket().send_frame(Opcode::Ping, "between", true);
  caller.socket().send_frame(Opcode::Continuation, "", false);
  caller.socket().send_frame(Opcode::Continuation, R"("ping"})", true);
  const auto answer = caller.socket().receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->opcode, Opcode::Pong);
  EXPECT_EQ(answer->payload, "between");
  caller.receive_a<Pong>();
}

TEST_F(FramesTest, MessageMayComeByteByByte) {
  Caller caller(port());
  for (const char byte : frame_bytes(Opcode::Text, R"({"type":"ping"})")) {
    caller.socket().tcp().send(std::string(1, byte));
  }
  caller.receive_a<Pong>();
}

TEST_F(FramesTest, SeveralMessagesMayComeAtOnce) {
  Caller caller(port());
  const std::string ping = frame_bytes(Opcode::Text, R"({"type":"ping"})");
  caller.socket().tcp().send(ping + ping + ping);
  for (int count = 0; count < 3; ++count) caller.receive_a<Pong>();
}

TEST_F(FramesTest, BinaryClosesWith1003) {
  Caller caller(port());
  caller.socket().send_frame(Opcode::Binary, R"({"type":"ping"})");
  expect_end(caller, ErrorCode::NotText, 1003);
}

TEST_F(FramesTest, TextThatIsNotUtf8ClosesWith1007) {
  Caller caller(port());
  caller.socket().send_text("{\"type\":\"\xff\"}");
  EXPECT_EQ(caller.socket().receive_close(), 1007);
}

TEST_F(FramesTest, BreachesOfTheFramingCloseWith1002) {
  const std::string ping = R"({"type":"ping"})";
  std::string unmasked = "\x81\x0f" + ping;
  std::string reserved_bit = frame_bytes(Opcode::Text, ping);
  reserved_bit[0] = static_cast<char>(reserved_bit[0] | 0x40);
  for (const std::string& bytes :
       {unmasked, reserved_bit, frame_bytes(static_cast<Opcode>(3), ping),
        frame_bytes(Opcode::Continuation, ping), frame_bytes(Opcode::Ping, std::string(126, 'x')),
        frame_bytes(Opcode::Ping, "", false), frame_bytes(Opcode::Close, "x"),
        frame_bytes(Opcode::Close, std::string("\x03\xed", 2))}) {
    Caller caller(port());
    caller.socket().tcp().send(bytes);
    EXPECT_EQ(caller.socket().receive_close(), 1002);
  }
}

TEST_F(FramesTest, EndInTheMiddleOfAFrameIsALostConnection) {
  Caller stays(port(), "truncated");
  stays.join("truncated");
  {
    Caller ends(port(), "truncated");
    ends.join("truncated");
    ends.socket().tcp().send(frame_bytes(Opcode::Text, padded_ping(500)).substr(0, 100));
  }
  EXPECT_EQ(stays.receive_a<ParticipantChanged>().participant.presence, Presence::Away);
}

struct BadText {
  const char* name;
  std::string text;
  ErrorCode code = ErrorCode::BadMessage;
};

class BadTexts : public FramesTest, public ::testing::WithParamInterface<BadText> {};

TEST_P(BadTexts, AreAnsweredAndChangeNothing) {
  Caller caller(port());
  caller.socket().send_text(GetParam().text);
  EXPECT_EQ(caller.receive_error(), GetParam().code);
  caller.join("after-" + std::string(GetParam().name));
  caller.send(Ping{});
  caller.receive_a<Pong>();
}

std::string nested(int depth) {
  std::string text = R"({"type":"ping","x":)";
  for (int level = 0; level < depth; ++level) text += '[';
  for (int level = 0; level < depth; ++level) text += ']';
  return text + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Frames, BadTexts,
    ::testing::Values(
        BadText{"empty", ""}, BadText{"blank", "   "}, BadText{"words", "hello there"},
        BadText{"cut", R"({"type":"join","room":"de)"}, BadText{"twice", R"({"type":"ping"}{})"},
        BadText{"array", "[]"}, BadText{"number", "7"}, BadText{"null", "null"},
        BadText{"comma", R"({"type":"ping",})"}, BadText{"single", R"({'type':'ping'})"},
        BadText{"surrogate", R"({"type":"join","room":"a","name":"\ud800","media":{}})"},
        BadText{"deep", nested(1000)}, BadText{"deepest", nested(30'000)},
        BadText{"typeless", R"({"room":"demo"})"}, BadText{"type", R"({"type":7})"},
        BadText{"unknown", R"({"type":"shout"})", ErrorCode::UnknownType},
        BadText{"servers", R"({"type":"welcome","version":1})", ErrorCode::UnknownType},
        BadText{"room", R"({"type":"join","room":7,"name":"","media":{}})"},
        BadText{"roomname", R"({"type":"join","room":"a b","name":"","media":{}})"},
        BadText{"noroom",
                R"({"type":"join","name":"","media":{"audio":"on","camera":"on","screen":"on"}})"},
        BadText{"media",
                R"({"type":"join","room":"a","name":"","media":{"audio":"loud","camera":"on"}})"},
        BadText{"versions", R"({"type":"hello","versions":["one"]})"},
        BadText{"huge", R"({"type":"hello","versions":[18446744073709551616]})"},
        BadText{"control", std::string(R"({"type":"join","room":"a","name":")") + "\x01\"}"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(FramesTest, TooManyBadMessagesCloseWith4004) {
  Caller caller(port());
  for (int count = 0; count < limits::errors_per_connection; ++count) {
    caller.socket().send_text("nonsense");
    EXPECT_EQ(caller.receive_error(), ErrorCode::BadMessage);
  }
  expect_end(caller, ErrorCode::TooManyErrors, 4004);
}

}  // namespace
}  // namespace parley::testing
