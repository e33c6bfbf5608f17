#include "tests/server/support/api_client.h"

#include <gtest/gtest.h>

#include "tests/server/support/test_server.h"

namespace parley::testing {

ServerOptions api_options() {
  auto options = test_options();
  options.admin_key = *AdminKey::from_text(std::string(test_admin_key));
  options.token_key = *TokenKey::from_secret(std::string(32, 's'));
  return options;
}

Response call_api(std::uint16_t port, std::string_view method, std::string_view path,
                  std::string_view body, std::string_view headers) {
  std::string lines(headers);
  if (headers.find("Authorization:") == std::string_view::npos) {
    lines.append("Authorization: Bearer ").append(test_admin_key).append("\r\n");
  }
  if (!body.empty()) {
    if (headers.find("Content-Type:") == std::string_view::npos) {
      lines += "Content-Type: application/json\r\n";
    }
    lines += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  TcpClient client(port);
  client.send(request(method, "/api/v1" + std::string(path), lines).append(body));
  return read_response(client, method);
}

Json json_of(const Response& response) {
  EXPECT_EQ(response.headers.contains("content-type") ? response.headers.at("content-type") : "",
            "application/json")
      << response.status;
  auto json = Json::parse(response.body, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << response.body;
  return json;
}

std::string error_code_of(const Response& response) {
  const auto json = json_of(response);
  const auto message = json.value("/error/message"_json_pointer, std::string());
  EXPECT_TRUE(message.ends_with('.')) << response.body;
  return json.value("/error/code"_json_pointer, std::string());
}

}  // namespace parley::testing
