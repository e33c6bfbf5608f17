#include "server/api/api.h"

#include <gtest/gtest.h>

#include "tests/server/support/api_client.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

TEST(Api, IsOffWithoutAKey) {
  const TestServer server;
  for (const char* path : {"/tokens", "/rooms", "/nothing"}) {
    const auto response = call_api(server.port(), "GET", path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(error_code_of(response), "api-off") << path;
    EXPECT_NE(response.body.find("--admin-key-file"), std::string::npos) << response.body;
  }
}

class ApiTest : public ::testing::Test {
 protected:
  std::uint64_t refusals(const std::string& reason) const {
    return metric(server_.port(), "parley_refusals_total{reason=\"" + reason + "\"}");
  }

  const TestServer server_{api_options()};
};

TEST_F(ApiTest, AnswersNobodyWithoutTheKeyAndCountsThem) {
  for (const char* headers :
       {"Authorization: Basic YTpi\r\n", "Authorization: \r\n", "Authorization: Bearer\r\n"}) {
    const auto response = call_api(server_.port(), "POST", "/tokens", "{}", headers);
    EXPECT_EQ(response.status, 401) << headers;
    EXPECT_EQ(response.headers.at("www-authenticate"), "Bearer realm=\"parley\"");
    EXPECT_EQ(error_code_of(response), "admin-key-missing");
  }
  for (const char* headers : {"Authorization: Bearer 0123456789abcdef0123456789abcdeF\r\n",
                              "Authorization: Bearer 0123456789abcdef0123456789abcdef0\r\n",
                              "Authorization: Bearer x\r\n"}) {
    const auto response = call_api(server_.port(), "POST", "/tokens", "{}", headers);
    EXPECT_EQ(response.status, 401) << headers;
    EXPECT_EQ(response.headers.at("www-authenticate"),
              "Bearer realm=\"parley\", error=\"invalid_token\"");
    EXPECT_EQ(error_code_of(response), "admin-key-wrong");
  }
  EXPECT_EQ(refusals("admin-key-missing"), 3u);
  EXPECT_EQ(refusals("admin-key-wrong"), 3u);
}

TEST_F(ApiTest, TellsStrangersNothingOfWhatThereIs) {
  for (const char* path : {"/tokens", "/nothing", "/rooms/demo"}) {
    EXPECT_EQ(call_api(server_.port(), "PUT", path, "", "Authorization: Basic YTpi\r\n").status,
              401)
        << path;
  }
}

TEST_F(ApiTest, HasNothingElsewhere) {
  for (const char* path : {"/nothing", "/tokens/", "/tokens/x", "/rooms/a/b", "/"}) {
    const auto response = call_api(server_.port(), "GET", path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(error_code_of(response), "unknown-path") << path;
  }
  const auto other_version =
      fetch(server_.port(), "/api/v2/tokens",
            "Authorization: Bearer " + std::string(test_admin_key) + "\r\n", "POST");
  EXPECT_EQ(other_version.status, 404);
  EXPECT_EQ(error_code_of(other_version), "unknown-path");
}

TEST_F(ApiTest, SaysWhichMethodsAPathTakes) {
  const auto response = call_api(server_.port(), "GET", "/tokens");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(response.headers.at("allow"), "POST");
  EXPECT_EQ(error_code_of(response), "method-not-allowed");
}

TEST_F(ApiTest, TakesJsonOnly) {
  for (const char* type :
       {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"}) {
    const auto response = call_api(server_.port(), "POST", "/tokens", "{}",
                                   "Content-Type: " + std::string(type) + "\r\n");
    EXPECT_EQ(response.status, 415) << type;
    EXPECT_EQ(error_code_of(response), "not-json");
  }
  EXPECT_EQ(call_api(server_.port(), "POST", "/tokens").status, 415);
  EXPECT_EQ(call_api(server_.port(), "POST", "/tokens", R"({"room":"demo","name":"Ana"})",
                     "Content-Type: Application/JSON ; charset=utf-8\r\n")
                .status,
            200);
}

TEST_F(ApiTest, TakesNoBodyThatIsTooLarge) {
  const std::string large = "{\"name\":\"" + std::string(16 * 1024, 'a') + "\"}";
  const auto response = call_api(server_.port(), "POST", "/tokens", large);
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(error_code_of(response), "body-too-large");
}

TEST_F(ApiTest, KeepsTheConnectionAndItsAnswersToItself) {
  TcpClient client(server_.port());
  const std::string key = "Authorization: Bearer " + std::string(test_admin_key) + "\r\n";
  client.send(request("GET", "/api/v1/tokens", key) + request("GET", "/api/v1/nothing", key) +
              request("GET", "/healthz"));
  const auto first = read_response(client);
  EXPECT_EQ(first.status, 405);
  EXPECT_EQ(first.headers.at("cache-control"), "no-store");
  EXPECT_EQ(first.headers.at("x-content-type-options"), "nosniff");
  EXPECT_FALSE(first.headers.contains("access-control-allow-origin"));
  EXPECT_EQ(read_response(client).status, 404);
  EXPECT_EQ(read_response(client).body, "ok\n");
}

}  // namespace
}  // namespace parley::testing
