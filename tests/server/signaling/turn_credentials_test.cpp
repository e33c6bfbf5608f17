#include "server/signaling/turn_credentials.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

TEST(TurnCredentials, AreWhatOpensslComputes) {
  // printf '1795000000:kYt3bQ9xZa' | openssl dgst -sha1 -hmac north -binary | base64
  const auto made = make_turn_credentials("north", ParticipantId("kYt3bQ9xZa"),
                                          system_clock::time_point(seconds(1'795'000'000)));
  EXPECT_EQ(made.username.value(), "1795000000:kYt3bQ9xZa");
  EXPECT_EQ(made.credential.value(), "8CormpO6EdPCFsz9QVn/2tgbYpE=");
}

TEST(TurnCredentials, DifferByParticipantExpiryAndSecret) {
  const system_clock::time_point expiry(seconds(1'795'000'000));
  const auto ana = make_turn_credentials("north", ParticipantId("ana"), expiry);
  for (const auto& other :
       {make_turn_credentials("north", ParticipantId("ben"), expiry),
        make_turn_credentials("north", ParticipantId("ana"), expiry + seconds(1)),
        make_turn_credentials("south", ParticipantId("ana"), expiry)}) {
    EXPECT_NE(other.credential, ana.credential);
  }
}

}  // namespace
}  // namespace parley
