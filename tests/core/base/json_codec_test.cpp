#include "core/base/json_codec.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

enum class Colour : std::uint8_t { Red, Green };
constexpr auto names_of(Colour) { return std::array<std::string_view, 2>{"red", "green"}; }

using Label = Text<struct LabelTag, 4>;

struct Inner {
  static constexpr std::string_view type = "inner";
  std::int32_t number = 0;
  bool operator==(const Inner&) const = default;
  static constexpr auto fields() { return std::tuple(field("number", &Inner::number)); }
};
struct Other {
  static constexpr std::string_view type = "other";
  bool operator==(const Other&) const = default;
  static constexpr auto fields() { return std::tuple(); }
};
struct Outer {
  Colour colour = Colour::Red;
  Label label;
  std::optional<bool> flag;
  Sequence<std::uint8_t, 3> list;
  std::array<Colour, 2> pair{};
  std::variant<Inner, Other> choice;
  std::map<std::string, Duration> map;
  bool operator==(const Outer&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("colour", &Outer::colour), field("label", &Outer::label),
                      field("flag", &Outer::flag), field("list", &Outer::list),
                      field("pair", &Outer::pair), field("choice", &Outer::choice),
                      field("map", &Outer::map));
  }
};

Outer sample() {
  Outer outer;
  outer.colour = Colour::Green;
  outer.label = Label("ab\"\n");
  outer.list = {1, 255};
  outer.pair = {Colour::Red, Colour::Green};
  outer.choice = Inner{-5};
  outer.map = {{"x", Duration::milliseconds(2)}};
  return outer;
}

TEST(JsonCodec, WritesFieldsInOrderAndLeavesAbsentOnesOut) {
  EXPECT_EQ(to_json(sample()),
            R"({"colour":"green","label":"ab\"\n","list":[1,255],)"
            R"("pair":["red","green"],"choice":{"type":"inner","number":-5},"map":[["x",2000]]})");
}

TEST(JsonCodec, ReadsWhatItWrote) {
  const auto text = to_json(sample());
  const auto decoded = from_json<Outer>(text);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, sample());
}

std::string wrong_field(const std::string& text) {
  const auto decoded = from_json<Outer>(text);
  return decoded ? "none" : decoded.error().detail;
}

TEST(JsonCodec, NamesTheFieldThatIsWrong) {
  const auto with = [](const std::string& from, const std::string& to) {
    auto text = to_json(sample());
    return text.replace(text.find(from), from.size(), to);
  };
  EXPECT_EQ(wrong_field(with("green", "blue")), "colour");
  EXPECT_EQ(wrong_field(with("ab", "abc")), "label");
  EXPECT_EQ(wrong_field(with("255", "256")), "list");
  EXPECT_EQ(wrong_field(with("255", "2,3,4")), "list");
  EXPECT_EQ(wrong_field(with(R"(["red","green"])", R"(["red"])")), "pair");
  EXPECT_EQ(wrong_field(with(R"(["red","green"])", R"(["red","green","red"])")), "pair");
  EXPECT_EQ(wrong_field(with(R"(["red","green"])", R"(["red","blue"])")), "pair");
  EXPECT_EQ(wrong_field(with("-5", "\"five\"")), "choice.number");
  EXPECT_EQ(wrong_field(with("inner", "outer")), "choice.type");
  EXPECT_EQ(wrong_field(with("2000", "2000,1")), "map");
  EXPECT_EQ(wrong_field(R"({"colour":"red"})"), "label");
}

TEST(JsonCodec, IgnoresUnknownMembersAndReadsNullAsAbsent) {
  auto text = to_json(sample());
  text.insert(1, R"("new":[1],"flag":null,)");
  const auto decoded = from_json<Outer>(text);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, sample());
}

TEST(JsonCodec, TellsUnknownTypesFromMissingOnes) {
  using Choice = std::variant<Inner, Other>;
  EXPECT_EQ(from_json<Choice>(R"({"type":"x"})").error().kind, DecodeError::Kind::UnknownType);
  EXPECT_EQ(from_json<Choice>(R"({})").error().kind, DecodeError::Kind::NoType);
  EXPECT_EQ(from_json<Choice>(R"([])").error().kind, DecodeError::Kind::NotAnObject);
  EXPECT_EQ(from_json<Choice>(R"(x)").error().kind, DecodeError::Kind::NotJson);
  EXPECT_EQ(from_json<Choice>(R"({"type":"inner"})").error().kind, DecodeError::Kind::BadField);
}

TEST(JsonCodec, BoundsWhatItRepeatsOfAnUnknownType) {
  const std::string text = R"({"type":")" + std::string(1000, 'x') + R"("})";
  EXPECT_TRUE((from_json<std::variant<Inner, Other>>(text).error().detail.empty()));
}

}  // namespace
}  // namespace parley
