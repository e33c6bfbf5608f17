#include "server/options/ice_url.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TEST(IceUrl, TakesWhatBrowsersTake) {
  for (const char* url : {"stun:a.example", "stun:192.0.2.1:3478", "stuns:[2001:db8::1]:5349"}) {
    EXPECT_TRUE(is_stun_url(url)) << url;
    EXPECT_FALSE(is_turn_url(url)) << url;
  }
  for (const char* url : {"turn:a.example", "turn:a.example:3478?transport=udp",
                          "turns:a.example:443?transport=tcp", "turn:[::1]?transport=tcp"}) {
    EXPECT_TRUE(is_turn_url(url)) << url;
    EXPECT_FALSE(is_stun_url(url)) << url;
  }
}

TEST(IceUrl, RefusesWhatBrowsersRefuse) {
  for (const char* rest :
       {"", "//a.example", ":3478", "a.example:", "a.example:0", "a.example:65536", "a.example:80x",
        "a example", "[::1", "[]:80", "[::1]80", "user@a.example", "a.example/path",
        "a.example?transport=sctp", "a.example?transport=", "a.example?"}) {
    EXPECT_FALSE(is_turn_url(std::string("turn:") + rest)) << rest;
    EXPECT_FALSE(is_stun_url(std::string("stun:") + rest)) << rest;
  }
  for (const char* url : {"", "turn", "turnss:a.example", "TURN:a.example", "https:a.example"}) {
    EXPECT_FALSE(is_turn_url(url)) << url;
  }
  EXPECT_FALSE(is_stun_url("stun:a.example?transport=udp"));
  EXPECT_FALSE(is_turn_url("turn:" + std::string(600, 'a')));
}

}  // namespace
}  // namespace parley
