#include "server/options/turn_secret.h"

#include <gtest/gtest.h>

#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

class TurnSecretTest : public ::testing::Test {
 protected:
  std::string problem_of(std::string_view content) {
    const auto read = read_turn_secret(folder_.write("secret", content));
    return read ? "" : read.error();
  }
  const TemporaryFolder folder_;
};

TEST_F(TurnSecretTest, IsTheLineWithoutItsEnd) {
  for (const char* content : {"north wind", "north wind\n", "north wind\r\n"}) {
    const auto read = read_turn_secret(folder_.write("secret", content));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->bytes, "north wind");
  }
}

TEST_F(TurnSecretTest, SaysWhatIsWrongWithTheFile) {
  EXPECT_NE(problem_of("\n").find("secret is empty"), std::string::npos);
  EXPECT_NE(problem_of("realm=a\nsecret=b\n").find("more than one line"), std::string::npos);
  EXPECT_NE(problem_of(std::string(2'000, 'x')).find("more than one line"), std::string::npos);
  const auto missing = read_turn_secret(folder_.path() / "missing");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().find("missing cannot be read: No such file"), std::string::npos);
  const auto directory = read_turn_secret(folder_.path());
  ASSERT_FALSE(directory);
  EXPECT_NE(directory.error().find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
