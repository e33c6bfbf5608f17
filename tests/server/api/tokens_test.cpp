#include "server/api/tokens.h"

#include <gtest/gtest.h>

#include <chrono>

#include "server/api/utc.h"
#include "tests/server/support/api_client.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

class TokensTest : public ::testing::Test {
 protected:
  Response order(std::string_view body) {
    return call_api(server_.port(), "POST", "/tokens", body);
  }

  // Somebody who comes to `room` with `token`.
  Joined come(const std::string& room, const std::string& token) {
    Caller caller(server_.port());
    Join join;
    join.room = RoomId(room);
    join.token = Token(token);
    caller.send(join);
    return caller.receive_a<Joined>();
  }

  const TestServer server_{api_options()};
};

TEST_F(TokensTest, OpenTheRoomInTheRoleThatWasAskedFor) {
  const auto response = order(R"({"room":"demo","name":"Ana","role":"host"})");
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(come("demo", json_of(response).at("token")).role, Role::Host);
}

TEST_F(TokensTest, AreForAGuestUnlessSaidOtherwise) {
  const auto response = order(R"({"room":"demo","identity":"ana@example.org"})");
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(come("demo", json_of(response).at("token")).role, std::nullopt);
}

TEST_F(TokensTest, SayWhatTheyWereOrderedToSay) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto response = order(
      R"({"room":"demo","identity":"7","name":"Ana \u00e4","role":"successor","expiresInSeconds":90})");
  ASSERT_EQ(response.status, 200) << response.body;
  const auto token =
      check_token(*api_options().token_key, json_of(response).at("token").get<std::string>(),
                  RoomId("demo"), now);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->identity, Identity("7"));
  EXPECT_EQ(token->name, Name("Ana \xc3\xa4"));
  EXPECT_EQ(token->standing, Standing::Successor);
  EXPECT_GE(token->expires, now + std::chrono::seconds(90));
  EXPECT_LE(token->expires, now + std::chrono::seconds(120)) << "a slow machine, but no more";
  EXPECT_EQ(json_of(response).at("expiresAt"), utc_text(token->expires));
}

TEST_F(TokensTest, AreNotMadeOfWhatIsNoOrder) {
  const auto code_of = [&](std::string_view body) {
    const auto response = order(body);
    EXPECT_EQ(response.status, 400) << body;
    return error_code_of(response);
  };
  for (const char* body : {"{", "[]", "7", "{}{}", "\xff"}) EXPECT_EQ(code_of(body), "bad-json");
  for (const char* body : {R"({})", R"({"room":"demo"})", R"({"room":"a b","name":"Ana"})",
                           R"({"room":"demo","name":""})", R"({"room":"demo","name":7})",
                           R"({"room":"demo","name":"Ana","role":"king"})",
                           R"({"room":"demo","name":"Ana","expiresInSeconds":0})",
                           R"({"room":"demo","name":"Ana","expiresInSeconds":-1})",
                           R"({"room":"demo","name":"Ana","expiresInSeconds":31622401})",
                           R"({"room":"demo","name":"Ana","expiresInSeconds":1e3})"}) {
    EXPECT_EQ(code_of(body), "bad-field") << body;
  }
  for (const char* body :
       {R"({"room":"demo","name":"Ana","hours":1})", R"({"room":"demo","name":"Ana","":1})"}) {
    EXPECT_EQ(code_of(body), "unknown-field") << body;
  }
}

TEST(Tokens, CannotBeMadeWithoutASecret) {
  auto options = api_options();
  options.token_key.reset();
  const TestServer server(std::move(options));
  const auto response =
      call_api(server.port(), "POST", "/tokens", R"({"room":"demo","name":"Ana"})");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(error_code_of(response), "no-token-secret");
}

}  // namespace
}  // namespace parley::testing
