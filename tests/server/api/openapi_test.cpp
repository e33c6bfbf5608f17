// What openapi.json says is what the server does, and all that it does.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>

#include "server/api/operation.h"
#include "tests/server/support/api_client.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

constexpr const char* no_key = "Authorization: Basic YTpi\r\n";

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

// One method of one path as the document has it.
struct Described {
  std::string path;
  std::string method;
  Json operation;
  Json parameters = Json::array();

  bool needs_key() const { return !operation.contains("security"); }
  bool takes_body() const { return operation.contains("requestBody"); }

  std::string example_body() const {
    return takes_body()
               ? operation.at("/requestBody/content/application~1json/example"_json_pointer).dump()
               : std::string();
  }

  // The path with the examples of its parameters; `room` in place of the example's where given.
  std::string example_path(const std::string& room = {}) const {
    std::string target = path;
    std::string query;
    for (const Json& parameter : parameters) {
      const Json& example = parameter.at("example");
      const std::string value = example.is_string() ? example.get<std::string>() : example.dump();
      const std::string name = parameter.at("name");
      if (parameter.at("in") == "query") {
        query.append(query.empty() ? "?" : "&").append(name).append("=").append(value);
        continue;
      }
      const std::string place = "{" + name + "}";
      target.replace(target.find(place), place.size(), room.empty() ? value : room);
    }
    return target + query;
  }
};

class OpenApiTest : public ::testing::Test {
 protected:
  // Parameters of a path are for each of its methods. What ends something comes last, so that it is
  // there for the others.
  std::vector<Described> described() const {
    std::vector<Described> all;
    for (const auto& [path, item] : document_.at("paths").items()) {
      for (const auto& [method, operation] : item.items()) {
        if (method == "parameters") continue;
        Described each{path, upper(method), operation};
        for (const Json* owner : {&item, &operation}) {
          if (!owner->contains("parameters")) continue;
          for (const Json& parameter : owner->at("parameters"))
            each.parameters.push_back(parameter);
        }
        all.push_back(std::move(each));
      }
    }
    // clang 14 does not know the form for ranges of GCC's library.
    std::stable_partition(all.begin(), all.end(),
                          [](const Described& each) { return each.method != "DELETE"; });
    return all;
  }

  const Json& resolved(const Json& schema) const {
    if (!schema.contains("$ref")) return schema;
    return document_.at(Json::json_pointer(schema.at("$ref").get<std::string>().substr(1)));
  }

  // `value` has what `schema` requires, and nothing that it does not list.
  void expect_fits(const Json& value, const Json& named, const std::string& where) const {
    const Json& schema = resolved(named);
    if (schema.contains("enum")) {
      EXPECT_NE(std::ranges::find(schema.at("enum"), value), schema.at("enum").end())
          << where << ": " << value;
      return;
    }
    const std::string type = schema.at("type");
    EXPECT_EQ(type, value.is_number_integer() ? "integer" : std::string(value.type_name()))
        << where;
    for (const Json& name : schema.value("required", Json::array())) {
      EXPECT_TRUE(value.contains(name.get<std::string>())) << where << " has no " << name;
    }
    if (schema.contains("properties")) {
      for (const auto& [name, member] : value.items()) {
        ASSERT_TRUE(schema.at("properties").contains(name)) << where << " has " << name;
        expect_fits(member, schema.at("properties").at(name),
                    std::string(where).append(".").append(name));
      }
    }
    if (schema.contains("items")) {
      for (const Json& member : value) expect_fits(member, schema.at("items"), where + "[]");
    }
  }

  void expect_described(const Response& response, const Described& asked) const {
    const std::string where = asked.method + " " + asked.path;
    const std::string status = std::to_string(response.status);
    const Json& responses = asked.operation.at("responses");
    ASSERT_TRUE(responses.contains(status)) << where << " answers " << status;
    answered_[where].insert(status);
    const Json& answer = resolved(responses.at(status));
    if (!answer.contains("content")) {
      EXPECT_EQ(response.body, "") << where;
      return;
    }
    expect_fits(json_of(response), answer.at("/content/application~1json/schema"_json_pointer),
                where + " " + status);
  }

  void ask(const TestServer& server, const Described& each, const std::string& path,
           const std::string& body, const char* headers = "") const {
    expect_described(call_api(server.port(), each.method, path, body, headers), each);
  }

  bool has_answered(const Described& each, const std::string& status) const {
    return answered_[each.method + " " + each.path].contains(status);
  }

  TestServer server_{api_options()};
  const Json document_ = Json::parse(fetch(server_.port(), "/api/v1/openapi.json").body);
  mutable std::map<std::string, std::set<std::string>> answered_;
};

TEST_F(OpenApiTest, DescribesEachOperationAndNoOther) {
  std::set<std::string> written;
  for (const auto& each : described()) {
    written.insert(each.method + " " + each.path + (each.needs_key() ? "" : " open"));
  }
  std::set<std::string> served;
  for (const auto& each : api_operations()) {
    served.insert(std::string(each.method) + " " + std::string(each.path) +
                  (each.access == ApiAccess::WithKey ? "" : " open"));
  }
  EXPECT_EQ(written, served);
  EXPECT_EQ(document_.at("openapi"), "3.1.0");
  EXPECT_EQ(document_.at("servers").at(0).at("url"), "/api/v1");
}

TEST_F(OpenApiTest, ListsEachStatusThatTheServerAnswersAndNoOther) {
  const auto token = json_of(call_api(server_.port(), "POST", "/tokens",
                                      R"({"room":"demo","name":"Ana","role":"host"})"))
                         .at("token")
                         .get<std::string>();
  Caller caller(server_.port());
  Join join;
  join.room = RoomId("demo");
  join.token = Token(token);
  caller.send(join);
  caller.receive_a<Joined>();
  const TestServer off;
  auto options = api_options();
  options.token_key.reset();
  const TestServer without_secret(std::move(options));
  options = api_options();
  options.policy.unlimited.clear();
  options.policy.address.rate(Flow::Requests) = {1, 1};
  const TestServer busy(std::move(options));

  for (const auto& each : described()) {
    const std::string body = each.example_body();
    ask(server_, each, each.example_path(), body);
    ask(off, each, each.example_path(), body);
    // More than once where a second went by since it was asked last.
    for (int time = 0; time < 10 && !has_answered(each, "429"); ++time) {
      ask(busy, each, each.example_path(), body);
    }
    if (each.needs_key()) ask(server_, each, each.example_path(), body, no_key);
    if (each.path.find("{room}") != std::string::npos)
      ask(server_, each, each.example_path("nobody"), body);
    if (each.path == "/rooms") ask(server_, each, "/rooms?limit=0", "");
    if (!each.takes_body()) continue;
    const std::string path = each.example_path();
    ask(server_, each, path, "{}");
    ask(server_, each, path, body, "Content-Type: text/plain\r\n");
    ask(server_, each, path, std::string(17 * 1024, ' '));
    ask(without_secret, each, path, body);
  }
  for (const auto& each : described()) {
    std::set<std::string> listed;
    for (const auto& [status, response] : each.operation.at("responses").items()) {
      listed.insert(status);
    }
    EXPECT_EQ(answered_[each.method + " " + each.path], listed) << each.method << " " << each.path;
  }
}

}  // namespace
}  // namespace parley::testing
