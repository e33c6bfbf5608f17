#include "server/api/utc.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Utc, IsWrittenAsRfc3339Says) {
  const auto text = [](std::int64_t seconds) {
    return utc_text(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  };
  EXPECT_EQ(text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(text(1'709'210'096), "2024-02-29T12:34:56Z");
  EXPECT_EQ(text(4'294'967'296), "2106-02-07T06:28:16Z");
}

}  // namespace
}  // namespace parley
