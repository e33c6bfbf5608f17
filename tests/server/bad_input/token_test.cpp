// Clients that want into the rooms of a server that asks for tokens.
#include <gtest/gtest.h>

#include <chrono>

#include "server/admission/access_token.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

class TokenTest : public ::testing::Test {
 protected:
  static TokenKey key(char letter) { return *TokenKey::from_secret(std::string(32, letter)); }

  static ServerOptions options() {
    auto options = test_options();
    options.token_key = key('s');
    return options;
  }

  static Token token(const TokenKey& signed_with, Standing standing,
                     std::chrono::seconds good_for = std::chrono::hours(1),
                     const std::string& identity = "ana") {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return Token(*issue_token(signed_with, {RoomId("invited"), Identity(identity), standing,
                                            Name("Ana"), now + good_for}));
  }

  static void knock(Caller& caller, const std::optional<Token>& shown,
                    const std::string& room = "invited") {
    Join join;
    join.room = RoomId(room);
    join.token = shown;
    caller.send(join);
  }

  TestServer server_{options()};
};

TEST_F(TokenTest, LetsInAsWhatItSays) {
  Caller host(server_.port());
  knock(host, token(key('s'), Standing::Host));
  EXPECT_EQ(host.receive_a<Joined>().role, Role::Host);
  Caller guest(server_.port());
  knock(guest, token(key('s'), Standing::Guest));
  const auto joined = guest.receive_a<Joined>();
  EXPECT_EQ(joined.role, std::nullopt);
  EXPECT_EQ(joined.participants.at(0).name, Name("Ana"));
}

TEST_F(TokenTest, WithoutAGoodOneNobodyComesIn) {
  Caller stranger(server_.port());
  knock(stranger, std::nullopt);
  EXPECT_EQ(stranger.receive_error(), ErrorCode::TokenRequired);
  knock(stranger, Token("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."));
  EXPECT_EQ(stranger.receive_error(), ErrorCode::TokenInvalid);
  knock(stranger, token(key('x'), Standing::Host));
  EXPECT_EQ(stranger.receive_error(), ErrorCode::TokenInvalid);
  knock(stranger, token(key('s'), Standing::Host, -std::chrono::seconds(1)));
  EXPECT_EQ(stranger.receive_error(), ErrorCode::TokenExpired);
  knock(stranger, token(key('s'), Standing::Host), "elsewhere");
  EXPECT_EQ(stranger.receive_error(), ErrorCode::TokenForOtherRoom);
  // None of it harms who tries again with a good one.
  knock(stranger, token(key('s'), Standing::Guest));
  EXPECT_EQ(stranger.receive_a<Joined>().role, std::nullopt);
}

TEST_F(TokenTest, TheBannedComeInWithNoTokenOfTheSameIdentity) {
  Caller host(server_.port());
  knock(host, token(key('s'), Standing::Host, std::chrono::hours(1), "cho"));
  host.receive_a<Joined>();
  Caller guest(server_.port());
  knock(guest, token(key('s'), Standing::Guest));
  host.send(Moderate{host_action::Ban{guest.receive_a<Joined>().id}});
  EXPECT_EQ(guest.receive_error(), ErrorCode::Banned);
  Caller again(server_.port());
  knock(again, token(key('s'), Standing::Guest));
  EXPECT_EQ(again.receive_error(), ErrorCode::Banned);
}

}  // namespace
}  // namespace parley::testing
