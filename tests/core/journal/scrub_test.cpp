#include "core/journal/scrub.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(Scrub, ReplacesAddressesByTheSameStandInEverywhere) {
  EXPECT_EQ(scrub("from 10.1.2.3 to 10.1.2.4 and 10.1.2.3"),
            "from 192.0.2.1 to 192.0.2.2 and 192.0.2.1");
  EXPECT_EQ(scrub("udp 1 fe80::1ff:fe23:4567:890a 9 and ::1 and 2a00:1:2:3:4:5:6:7 x"),
            "udp 1 2001:db8::1 9 and 2001:db8::2 and 2001:db8::3 x");
}

TEST(Scrub, LeavesWhatOnlyLooksLikeAnAddress) {
  const std::string half = "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89";
  const std::string fingerprint = "a=fingerprint:sha-256 " + half + ":" + half;
  for (const std::string& text :
       {std::string("version 1.2.3"), std::string("at 12:34:56"), std::string("1.2.3.4.5"),
        std::string("parley-web/0.1.0"), fingerprint, std::string("a=rtpmap:96 VP8/90000"),
        std::string("\"at\":1200345,\"in\"")}) {
    EXPECT_EQ(scrub(text), text);
  }
}

TEST(Scrub, ReplacesPasswordsAndKeepsTheirLength) {
  EXPECT_EQ(scrub(R"("sdp":"a=ice-ufrag:abcd\r\na=ice-pwd:0123456789\r\nc=IN IP4 10.0.0.1\r\n")"),
            R"("sdp":"a=ice-ufrag:abcd\r\na=ice-pwd:xxxxxxxxxx\r\nc=IN IP4 192.0.2.1\r\n")");
}

TEST(Scrub, ReachesIntoJsonWithinJson) {
  EXPECT_EQ(
      scrub(R"({"text":"{\"secret\":\"abc\",\"sdp\":\"m\\r\\na=ice-pwd:012\\r\\n10.0.0.1\"}"})"),
      R"({"text":"{\"secret\":\"xx1\",\"sdp\":\"m\\r\\na=ice-pwd:xxx\\r\\n192.0.2.1\"}"})");
}

TEST(Scrub, ReplacesTheSecretsOfTicketsAndRelays) {
  EXPECT_EQ(scrub(R"({"secret":"abc","username":"1:x","credential":"yz","name":"Ana"})"),
            R"({"secret":"xx1","username":"xx2","credential":"x3","name":"Ana"})");
}

TEST(Scrub, KeepsRenewedCredentialsApartAndTheSameOnesTheSame) {
  EXPECT_EQ(scrub(R"({"username":"1:ana"} {"username":"2:ana"} {\"username\":\"1:ana\"})"),
            R"({"username":"xxxx1"} {"username":"xxxx2"} {\"username\":\"xxxx1\"})");
  EXPECT_EQ(scrub(R"({"credential":""})"), R"({"credential":"1"})");
}

// Whoever comes back is given another ticket, which changes what a page is shown, maybe alone.
TEST(Scrub, KeepsRenewedResumeSecretsApart) {
  EXPECT_EQ(scrub(R"({"secret":"abcd"} {"secret":"efgh"} {\"secret\":\"abcd\"})"),
            R"({"secret":"xxx1"} {"secret":"xxx2"} {\"secret\":\"xxx1\"})");
}

TEST(Scrub, ReplacesWhatPeopleTypedWhateverIsInIt) {
  EXPECT_EQ(scrub(R"({"password":"a\"b\\","token":"e.f.g","door":"open"})"),
            R"({"password":"x","token":"x","door":"open"})");
  EXPECT_EQ(scrub(R"({"text":"{\"password\":\"a\\\"b\\\\\",\"token\":\"e.f\"}"})"),
            R"({"text":"{\"password\":\"x\",\"token\":\"x\"}"})");
  EXPECT_EQ(scrub(R"({"password":""})"), R"({"password":""})");
  EXPECT_EQ(scrub(R"({"password":"cut of)"), R"({"password":"x)");
  EXPECT_EQ(scrub(R"({\"password\":\"cut\\)"), R"({\"password\":\"x)");
}

}  // namespace
}  // namespace parley
