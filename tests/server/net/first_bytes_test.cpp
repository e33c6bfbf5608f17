#include "server/net/first_bytes.h"

#include <gtest/gtest.h>

#include <string>

namespace parley {
namespace {

using namespace std::string_literals;

const std::string binding_request = "\0\x01\0\0\x21\x12\xa4\x42"s;

TEST(FirstBytes, TellTlsByItsFirstRecord) {
  EXPECT_EQ(protocol_of("\x16"), std::nullopt);
  EXPECT_EQ(protocol_of("\x16\x03"), StreamProtocol::Tls);
  EXPECT_EQ(protocol_of("\x16\x03\x01\x02\0\x01"s), StreamProtocol::Tls);
  EXPECT_EQ(protocol_of("\x16\x02"), StreamProtocol::Http);
}

TEST(FirstBytes, TellStunByItsCookie) {
  for (std::size_t size = 0; size < binding_request.size(); ++size) {
    EXPECT_EQ(protocol_of(binding_request.substr(0, size)), std::nullopt) << size;
  }
  EXPECT_EQ(protocol_of(binding_request), StreamProtocol::Stun);
  EXPECT_EQ(protocol_of("\0\x03\0\x08\x21\x12\xa4\x43"s), StreamProtocol::Http);
  // As soon as the cookie can no longer come.
  EXPECT_EQ(protocol_of("\0\x01\0\0\x22"s), StreamProtocol::Http);
}

TEST(FirstBytes, LeaveEverythingElseToHttp) {
  for (int first = 0; first < 256; ++first) {
    if (first <= 3 || first == 0x16) continue;
    EXPECT_EQ(protocol_of(std::string(1, static_cast<char>(first))), StreamProtocol::Http) << first;
  }
}

TEST(FirstBytes, AreEnoughForEveryBeginning) {
  // Each of the bytes that the answer depends on, right and wrong.
  for (int first = 0; first < 256; ++first) {
    for (std::size_t wrong = 0; wrong <= first_bytes_needed; ++wrong) {
      std::string bytes = binding_request;
      bytes[0] = static_cast<char>(first);
      if (wrong < bytes.size()) bytes[wrong] = static_cast<char>(bytes[wrong] ^ 0x55);
      const auto known = protocol_of(bytes);
      ASSERT_TRUE(known);
      // More bytes never change the answer, and once there is one it stays.
      for (std::size_t size = 1; size < bytes.size(); ++size) {
        const auto early = protocol_of(std::string_view(bytes).substr(0, size));
        EXPECT_TRUE(!early || early == known);
      }
      EXPECT_EQ(protocol_of(bytes + "more"), known);
    }
  }
}

}  // namespace
}  // namespace parley
