#include "core/base/json_document.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/base/random.h"

namespace parley {
namespace {

std::optional<JsonDocument> parse(const std::string& text) { return JsonDocument::parse(text); }

TEST(JsonDocument, AcceptsEveryKindOfValue) {
  for (const std::string text :
       {"null", "true", "false", "0", "-0", "12", "-7", "1.5", "1e3", "1E-2", "\"\"", "\"a\"", "[]",
        "{}", " [ 1 , 2 ] ", "{\"a\":{\"b\":[true,null]}}", "\"\\u00e9\\n\\ud83d\\ude00\""}) {
    EXPECT_TRUE(parse(text)) << text;
  }
}

TEST(JsonDocument, RefusesWhatIsNotJson) {
  for (const std::string text : {"",
                                 " ",
                                 "nul",
                                 "tru e",
                                 "01",
                                 "+1",
                                 "1.",
                                 ".5",
                                 "1e",
                                 "-",
                                 "'a'",
                                 "\"a",
                                 "\"\\x\"",
                                 "[1,]",
                                 "[1 2]",
                                 "[,1]",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "{\"a\":1,}",
                                 "{a:1}",
                                 "[1]]",
                                 "{} {}",
                                 "[",
                                 "{",
                                 "\"\\u12\"",
                                 "\"\x01\"",
                                 "\"\xff\"",
                                 "\"\xc0\x80\"",
                                 "\"\xed\xa0\x80\"",
                                 "\"\\ud800\"",
                                 "\"\\udc00\"",
                                 "\"\\ud800\\u0041\""}) {
    EXPECT_FALSE(parse(text)) << text;
  }
}

TEST(JsonDocument, RefusesDeepNesting) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(parse(nested(JsonDocument::max_depth)));
  EXPECT_FALSE(parse(nested(JsonDocument::max_depth + 1)));
}

TEST(JsonDocument, ResolvesEscapes) {
  const std::string text = R"("a\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00")";
  EXPECT_EQ(parse(text)->root().string(), "a\"\\/\b\f\n\r\tA\xc3\xa9\xf0\x9f\x98\x80");
}

TEST(JsonDocument, FindsMembersAndTakesTheLastOfDuplicates) {
  const std::string text = R"({"a":1,"b":{"a":2},"a":3,"\u0063":4})";
  const auto document = parse(text);
  EXPECT_EQ(document->root().size(), 4u);
  EXPECT_EQ(document->root().member("a")->integer(), 3);
  EXPECT_EQ(document->root().member("b")->member("a")->integer(), 2);
  EXPECT_EQ(document->root().member("c")->integer(), 4);
  EXPECT_FALSE(document->root().member("d"));
  EXPECT_EQ(document->root().member("b")->raw(), R"({"a":2})");
}

TEST(JsonDocument, GivesWholeNumbersWithin64BitsOnly) {
  const auto integer = [](const std::string& text) { return parse(text)->root().integer(); };
  EXPECT_EQ(integer("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(integer("-9223372036854775808"), INT64_MIN);
  EXPECT_EQ(integer("9223372036854775808"), std::nullopt);
  EXPECT_EQ(integer("1.0"), std::nullopt);
}

// Another parser judges the same texts: mutations of a valid one, about half of which stay valid.
TEST(JsonDocument, AgreesWithAnIndependentParserOnMutations) {
  const std::string original =
      R"({"type":"signal","to":"abc","arrival":12,"payload":{"type":"offer","sdp":"v=0\r\n\u00e9",)"
      R"("list":[1,-2.5e3,true,null,{}]}})";
  Random random(7);
  for (int round = 0; round < 20'000; ++round) {
    auto text = original;
    for (auto changes = random.below(std::uint64_t{3}); changes-- > 0;) {
      const auto at = random.below(text.size());
      constexpr std::string_view characters = "{}[]\",:0123456789.eE+-tfn\\u \n";
      text[at] = characters[random.below(characters.size())];
    }
    EXPECT_EQ(parse(text).has_value(), nlohmann::json::accept(text)) << text;
  }
}

}  // namespace
}  // namespace parley
