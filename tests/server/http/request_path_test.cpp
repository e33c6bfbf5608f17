#include "server/http/request_path.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(RequestPath, IsDecodedOnce) {
  EXPECT_EQ(decode_path("/r/%64emo"), "/r/demo");
  EXPECT_EQ(decode_path("/%2561"), "/%61");
  EXPECT_EQ(decode_path("/caf%C3%A9"), "/caf\xC3\xA9");
}

TEST(RequestPath, LosesQueryEmptyAndDotSegments) {
  EXPECT_EQ(decode_path("/a//./b?x=../y"), "/a/b");
  EXPECT_EQ(decode_path("/"), "/");
  EXPECT_EQ(decode_path("//"), "/");
  EXPECT_EQ(decode_path("/a/"), "/a/");
}

TEST(RequestPath, OfAnAbsoluteTargetIsThePathBehindTheHost) {
  EXPECT_EQ(decode_path("http://calls.example/r/demo?a=b"), "/r/demo");
  EXPECT_EQ(decode_path("https://calls.example"), "/");
}

class RefusedPath : public ::testing::TestWithParam<const char*> {};

TEST_P(RefusedPath, IsNoPath) { EXPECT_EQ(decode_path(GetParam()), std::nullopt); }

INSTANTIATE_TEST_SUITE_P(RequestPath, RefusedPath,
                         ::testing::Values("", "*", "a", "/..", "/../secret", "/a/../../secret",
                                           "/%2e%2e/secret", "/.%2E/secret", "/a%2f..%2fsecret",
                                           "/a\\b", "/%5c..%5csecret", "/%00", "/a%00.html", "/%",
                                           "/%4", "/%4x", "/%zz", "/%c0%ae%c0%ae/secret", "/%ff",
                                           "/\xff", "/%ed%a0%80"));

TEST(QueryParameter, IsFoundAndDecoded) {
  EXPECT_EQ(query_parameter("/ws?room=demo", "room"), "demo");
  EXPECT_EQ(query_parameter("/ws?a=1&room=d%65mo&room=other", "room"), "demo");
  EXPECT_EQ(query_parameter("/ws?room", "room"), "");
}

TEST(QueryParameter, MayBeMissingOrBroken) {
  EXPECT_EQ(query_parameter("/ws", "room"), std::nullopt);
  EXPECT_EQ(query_parameter("/ws?rooms=demo", "room"), std::nullopt);
  EXPECT_EQ(query_parameter("/ws?room=%4", "room"), std::nullopt);
}

}  // namespace
}  // namespace parley
