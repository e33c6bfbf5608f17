#include "core/base/json_writer.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/json_document.h"

namespace parley {
namespace {

std::string written(std::string_view text) {
  JsonWriter writer;
  writer.string(text);
  return writer.take();
}

TEST(JsonWriter, EscapesWhatMustBeEscapedAndNothingElse) {
  EXPECT_EQ(written("\"\\/\n\r\t\b\x1f\x7f é😀"), R"("\"\\/\n\r\t\u0008\u001f)"
                                                 "\x7f é😀\"");
}

// Texts are looked through several bytes at a time: every place of something special in and between
// these.
TEST(JsonWriter, WritesWhatIsReadBackAsTheSame) {
  for (const std::string_view special :
       {"\"", "\\", "\n", "\r\n", "\x01", "\x1f", "\x7f", "é", "😀"}) {
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t after = 0; after < 20; ++after) {
        const auto text = std::string(before, 'a').append(special).append(after, 'z');
        const auto json = written(text);
        const auto document = JsonDocument::parse(json);
        ASSERT_TRUE(document) << json;
        ASSERT_EQ(document->root().string(), text);
      }
    }
  }
}

TEST(JsonWriter, HasRoomForATextOfEscapesOnly) {
  for (const char control : {'\n', '\x01'}) {
    const std::string text(1'000, control);
    const auto json = written(text);
    EXPECT_EQ(json.size(), 2 + text.size() * (control == '\n' ? 2 : 6));
    const auto document = JsonDocument::parse(json);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().string(), text);
  }
}

}  // namespace
}  // namespace parley
