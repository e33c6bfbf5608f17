#include "core/signaling/messages.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "tests/support/files.h"

namespace parley {
namespace {

struct Example {
  std::string sender;
  std::string text;
};

// The fenced examples of the specification.
std::vector<Example> protocol_examples() {
  const auto page = testing::read_file(testing::source_path("core/signaling/PROTOCOL.md"));
  const std::regex block("```json (client|server)\n([^\n]+)\n```");
  std::vector<Example> examples;
  for (std::sregex_iterator match(page.begin(), page.end(), block), end; match != end; ++match) {
    examples.push_back({(*match)[1], (*match)[2]});
  }
  return examples;
}

TEST(Messages, EveryExampleOfTheSpecificationDecodesAndEncodesToItself) {
  const auto examples = protocol_examples();
  EXPECT_GE(examples.size(), 17u);
  for (const auto& [sender, text] : examples) {
    if (sender == "client") {
      const auto decoded = decode_client_message(text);
      ASSERT_TRUE(decoded) << text;
      EXPECT_EQ(encode(*decoded), text);
    } else {
      const auto decoded = decode_server_message(text);
      ASSERT_TRUE(decoded) << text;
      EXPECT_EQ(encode(*decoded), text);
    }
  }
}

TEST(Messages, TheSpecificationShowsEveryMessage) {
  const auto page = testing::read_file(testing::source_path("core/signaling/PROTOCOL.md"));
  std::vector<std::string_view> types;
  const auto collect = [&]<class... Messages>(std::variant<Messages...>*) {
    (types.push_back(Messages::type), ...);
  };
  collect(static_cast<ClientMessage*>(nullptr));
  collect(static_cast<ServerMessage*>(nullptr));
  collect(static_cast<SignalPayload*>(nullptr));
  for (const auto type : types) {
    EXPECT_NE(page.find("{\"type\":\"" + std::string(type) + "\""), std::string::npos) << type;
  }
}

TEST(Messages, TheSpecificationListsEveryErrorWithItsCloseCode) {
  const auto page = testing::read_file(testing::source_path("core/signaling/PROTOCOL.md"));
  for (std::size_t index = 0; index < names_of(ErrorCode{}).size(); ++index) {
    const auto code = static_cast<ErrorCode>(index);
    const auto close = facts_of(code).close_code;
    const auto row = "| `" + std::string(name_of(code)) + "` | " +
                     (close == 0 ? "–" : std::to_string(close)) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

TEST(Messages, ANoticeIsAShortTextWithoutControlCharacters) {
  const std::string longest(limits::notice_bytes, 'x');
  for (const auto& text :
       {std::string("At 18:00.\nYour calls go on."), std::string("\u00a0é💡"), longest}) {
    EXPECT_TRUE(NoticeText::accepts(text)) << text;
  }
  for (const auto& text : {std::string(), longest + "x", std::string("\r\n"), std::string("\t"),
                           std::string(1, '\0'), std::string("\x7f"), std::string("\u009b")}) {
    EXPECT_FALSE(NoticeText::accepts(text)) << text;
  }
  EXPECT_FALSE(decode_server_message(R"({"type":"notice","text":""})"));
}

TEST(Messages, EveryInvalidVectorGetsItsErrorCode) {
  const auto vectors = nlohmann::json::parse(
      testing::read_file(testing::source_path("tests/vectors/invalid_messages.json")));
  EXPECT_GE(vectors.size(), 20u);
  for (const auto& vector : vectors) {
    const auto decoded = decode_client_message(vector["text"].get<std::string>());
    ASSERT_FALSE(decoded) << vector["name"];
    EXPECT_EQ(name_of(decoded.error().code), vector["code"].get<std::string>()) << vector["name"];
  }
}

TEST(Messages, RefusesFramesOverTheLimit) {
  const std::string text(limits::frame_bytes + 1, ' ');
  EXPECT_EQ(decode_client_message(text).error().code, ErrorCode::TooLarge);
}

TEST(Messages, RefusesAnSdpOverTheLimitAndSaysWhichField) {
  Offer offer{OfferId(1), LinkId(1), Sdp(std::string(limits::sdp_bytes + 1, 'x')), {}};
  const auto text = encode(ClientMessage(SignalTo{ParticipantId("a"), Arrival(1), offer}));
  EXPECT_EQ(decode_client_message(text).error().about, "payload.sdp");
}

TEST(Messages, TheFullestJoinedFitsOneFrame) {
  Joined joined;
  joined.room = RoomId(std::string(limits::room_bytes, 'r'));
  joined.id = ParticipantId(std::string(limits::id_bytes, 'i'));
  for (std::size_t index = 0; index + 1 < limits::participants; ++index) {
    Participant participant;
    participant.id = joined.id;
    participant.name = Name(std::string(limits::name_bytes, 'n'));
    joined.participants.push_back(participant);
  }
  EXPECT_LT(encode(ServerMessage(joined)).size(), limits::frame_bytes);
}

}  // namespace
}  // namespace parley
