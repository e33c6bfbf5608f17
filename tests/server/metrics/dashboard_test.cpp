// The Grafana dashboard asks only for what /metrics exposes.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"
#include "tests/support/files.h"

namespace parley::testing {
namespace {

using Json = nlohmann::json;

std::set<std::string> all_matches(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    found.insert((*at)[1]);
  }
  return found;
}

TEST(Dashboard, AsksForMetricsAndLabelsThatAreThere) {
  const TestServer server;
  fetch(server.port(), "/healthz");  // so that a response is counted
  const std::string metrics = fetch(server.port(), "/metrics").body;
  const auto names = all_matches(metrics, R"re((?:^|\n)(parley_\w+)[{ ])re");
  const Json dashboard = Json::parse(read_file(source_path("packaging/grafana/parley.json")));
  std::size_t queries = 0;
  for (const Json& panel : dashboard.at("panels")) {
    for (const Json& target : panel.at("targets")) {
      const auto query = target.at("expr").get<std::string>();
      ++queries;
      for (const auto& name : all_matches(query, R"re((parley_\w+))re")) {
        EXPECT_TRUE(names.contains(name)) << query;
        for (const auto& label : all_matches(query, R"re(by \((\w+)\))re")) {
          const std::regex labelled(
              std::string("\n").append(name).append(R"re(\{[^}]*)re").append(label).append("=\""));
          EXPECT_TRUE(std::regex_search(metrics, labelled)) << query;
        }
      }
      EXPECT_EQ(std::ranges::count(query, '('), std::ranges::count(query, ')')) << query;
    }
  }
  EXPECT_GT(queries, 15u);
}

}  // namespace
}  // namespace parley::testing
