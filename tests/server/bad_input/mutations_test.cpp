// Valid messages with random damage. Each must be answered or ignored as the protocol says; none
// may harm the server or another call.
#include <algorithm>
#include <set>

#include "core/base/random.h"
#include "core/base/utf8.h"
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

std::vector<std::string> valid_texts() {
  Offer offer;
  offer.sdp = Sdp("v=0\r\na=ice-ufrag:abcd\r\n");
  Join join;
  join.room = RoomId("mutations");
  join.name = Name("Zoë \"Z\"");
  join.media = {Sending::On, Sending::Off, Sending::None};
  join.offer = offer;
  Join resume = join;
  resume.resume = Resume{ParticipantId("kYt3bQ9xZa"), Secret("0123456789abcdef"), std::nullopt};
  const ParticipantId to("b7Hq20pLme");
  std::vector<std::string> texts;
  for (const ClientMessage& message : std::initializer_list<ClientMessage>{
           Hello{{protocol_version}, ClientName("fuzz")}, join, resume, Leave{},
           Update{Name("Ana"), join.media}, SignalTo{to, {}, offer},
           SignalTo{to, {}, Candidate{CandidateText("candidate:1"), Fragment("0"), 0, {}}},
           SignalTo{to, {}, EndOfCandidates{}}, Ping{}}) {
    texts.push_back(encode(message));
  }
  return texts;
}

std::size_t position(Random& random, const std::string& text) {
  return static_cast<std::size_t>(random.below(text.size() + 1));
}

void mutate(std::string& text, Random& random) {
  const std::size_t at = position(random, text);
  const std::size_t length = std::min<std::size_t>(random.below(8), text.size() - at);
  switch (random.below(5)) {
    case 0:
      text.erase(at, length);
      break;
    case 1:
      text.insert(at, 1 + length, static_cast<char>(random.below(256)));
      break;
    case 2:
      text.insert(position(random, text), text.substr(at, length));
      break;
    case 3:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
      break;
    default:
      text.insert(at, std::string("\"{}[]:,\\0-e.9", 13).substr(random.below(13), 1));
  }
}

class MutationsTest : public BadInputTest, public ::testing::WithParamInterface<std::uint64_t> {};

TEST_P(MutationsTest, AreSurvived) {
  const auto texts = valid_texts();
  // What a damaged message may end a connection with.
  const std::set<std::uint16_t> possible_closes{1007, 4001, 4003, 4004, 4006};
  Random random(GetParam());
  std::optional<Caller> caller;
  for (int round = 0; round < 100; ++round) {
    if (!caller) caller.emplace(port(), "mutations");
    std::string text = texts[static_cast<std::size_t>(random.below(texts.size()))];
    for (std::uint64_t times = 1 + random.below(4); times > 0; --times) mutate(text, random);
    SCOPED_TRACE("seed " + std::to_string(GetParam()) + ", round " + std::to_string(round) + ": " +
                 text);
    caller->socket().send_text(text);
    caller->socket().send_frame(Opcode::Ping, "done");
    // Everything the server has to say about it comes before the pong.
    std::optional<Frame> frame = caller->socket().receive();
    while (frame && frame->opcode == Opcode::Text) {
      EXPECT_TRUE(decode_server_message(frame->payload)) << frame->payload;
      frame = caller->socket().receive();
    }
    ASSERT_TRUE(frame) << "the connection ended without a close frame";
    if (frame->opcode == Opcode::Pong) {
      EXPECT_TRUE(is_valid_utf8(text));
      continue;
    }
    ASSERT_EQ(frame->opcode, Opcode::Close);
    EXPECT_TRUE(possible_closes.contains(frame->close_code())) << frame->close_code();
    EXPECT_EQ(frame->close_code() == 1007, !is_valid_utf8(text));
    caller.reset();
  }
}

// Ten times a hundred, so that a failure names few.
INSTANTIATE_TEST_SUITE_P(Seeds, MutationsTest, ::testing::Range<std::uint64_t>(1, 11));

}  // namespace
}  // namespace parley::testing
