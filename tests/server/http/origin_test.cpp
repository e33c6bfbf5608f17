#include "server/http/origin.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

const std::vector<std::string> none{"self"};

TEST(Origin, OfTheServersOwnPagesMayAlwaysConnect) {
  EXPECT_TRUE(may_connect("https://calls.example", "calls.example", none));
  EXPECT_TRUE(may_connect("https://calls.example", "calls.example:443", none));
  EXPECT_TRUE(may_connect("https://calls.example:443", "Calls.Example", none));
  EXPECT_TRUE(may_connect("http://localhost:8080", "localhost:8080", none));
  EXPECT_TRUE(may_connect("http://[::1]:8080", "[::1]:8080", none));
}

TEST(Origin, OfAnotherSiteMayConnectWhereItIsAllowed) {
  EXPECT_FALSE(may_connect("https://shop.example", "calls.example", none));
  EXPECT_FALSE(may_connect("https://calls.example:8443", "calls.example", none));
  EXPECT_FALSE(may_connect("https://calls.example.evil.example", "calls.example", none));
  const std::vector<std::string> shop{"https://shop.example", "http://localhost:3000"};
  EXPECT_TRUE(may_connect("https://shop.example", "calls.example", shop));
  EXPECT_TRUE(may_connect("https://SHOP.example:443", "calls.example", shop));
  EXPECT_TRUE(may_connect("http://localhost:3000", "calls.example", shop));
  EXPECT_FALSE(may_connect("http://shop.example", "calls.example", shop));
  EXPECT_FALSE(may_connect("https://www.shop.example", "calls.example", shop));
  EXPECT_TRUE(may_connect("https://anything.example", "calls.example", {"*"}));
}

TEST(Origin, MayBeAllowedWithAllNamesBelowOne) {
  const std::vector<std::string> below{"https://*.shop.example"};
  EXPECT_TRUE(may_connect("https://www.shop.example", "calls.example", below));
  EXPECT_TRUE(may_connect("https://a.b.shop.example", "calls.example", below));
  EXPECT_FALSE(may_connect("https://shop.example", "calls.example", below));
  EXPECT_FALSE(may_connect("https://evilshop.example", "calls.example", below));
}

TEST(Origin, ThatIsOpaqueIsAllowedByName) {
  EXPECT_FALSE(may_connect("null", "calls.example", none));
  EXPECT_TRUE(may_connect("null", "calls.example", {"null"}));
  EXPECT_FALSE(may_connect("self", "calls.example", {"self"})) << "no origin, but a word of ours";
}

TEST(Origin, IsNotAskedOfProgramsThatTellNone) {
  EXPECT_TRUE(may_connect(std::nullopt, "calls.example", none));
}

TEST(Origin, PatternsAreWhatAnOperatorMayWrite) {
  for (const char* good : {"*", "self", "null", "https://a.example", "http://localhost:3000",
                           "https://*.a.example", "https://[::1]:8443"}) {
    EXPECT_TRUE(is_origin_pattern(good)) << good;
  }
  for (const char* bad : {"", "a.example", "https://", "https://a.example/", "https://a.example/x",
                          "ftp://a.example", "https://*", "https://a b", "https://a;b"}) {
    EXPECT_FALSE(is_origin_pattern(bad)) << bad;
  }
}

TEST(Origin, MakesTheListOfWhoMayEmbed) {
  EXPECT_EQ(frame_ancestors({"*"}), "*");
  EXPECT_EQ(frame_ancestors({"self"}), "'self'");
  EXPECT_EQ(frame_ancestors({"https://a.example", "https://*.b.example"}),
            "'self' https://a.example https://*.b.example");
}

}  // namespace
}  // namespace parley
