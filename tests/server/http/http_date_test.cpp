#include "server/http/http_date.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(HttpDate, IsWrittenAsRfc9110Does) {
  // The example of RFC 9110 section 5.6.7.
  const auto time = std::chrono::system_clock::from_time_t(784111777);
  EXPECT_EQ(http_date(time), "Sun, 06 Nov 1994 08:49:37 GMT");
}

}  // namespace
}  // namespace parley
