#include "server/logging/json_line.h"

#include <gtest/gtest.h>

#include "core/base/json_document.h"

namespace parley::log {
namespace {

using std::chrono::system_clock;

TEST(JsonLine, IsAnObjectWithTimeLevelEventAndMessage) {
  const auto time = system_clock::from_time_t(1'795'000'000) + std::chrono::milliseconds(7);
  EXPECT_EQ(json_line(time, "warning", "no-tls", "two\nlines and \"marks\""),
            "{\"time\":\"2026-11-18T11:06:40.007Z\",\"level\":\"warning\",\"event\":\"no-tls\","
            "\"message\":\"two\\nlines and \\\"marks\\\"\"}\n");
}

TEST(JsonLine, IsValidWhateverTheMessageHolds) {
  for (const std::string_view message :
       {std::string_view("\xff\xfe/file"), std::string_view("\0", 1), std::string_view("ä")}) {
    const auto line = json_line({}, "info", "x", message);
    EXPECT_TRUE(JsonDocument::parse(line)) << line;
  }
}

}  // namespace
}  // namespace parley::log
