// Pages of other sites, by real sockets.
#include <gtest/gtest.h>

#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

int status_of_upgrade(std::uint16_t port, const std::string& origin) {
  TcpClient client(port);
  std::string text = upgrade_request("");
  text.insert(text.size() - 2, "Origin: " + origin + "\r\n");
  client.send(text);
  return read_response(client).status;
}

TEST(ForeignPage, ConnectsUnlessSitesAreNamed) {
  const TestServer server;
  EXPECT_EQ(status_of_upgrade(server.port(), "https://shop.example"), 101);
}

TEST(ForeignPage, IsRefusedWith403AndCountedWhereItIsNotNamed) {
  ServerOptions options = test_options();
  options.policy.origins = {"https://shop.example"};
  const TestServer server(options);
  EXPECT_EQ(status_of_upgrade(server.port(), "https://shop.example"), 101);
  EXPECT_EQ(status_of_upgrade(server.port(), "http://localhost"), 101) << "the server's own";
  EXPECT_EQ(status_of_upgrade(server.port(), "https://evil.example"), 403);
  EXPECT_EQ(metric(server.port(), "parley_refusals_total{reason=\"origin\"}"), 1u);
  Caller(server.port()).join("programs-tell-none");
}

TEST(ForeignPage, MayFrameTheEmbeddablePageWhereItIsNamed) {
  ServerOptions options = test_options();
  options.policy.frame_ancestors = "'self' https://shop.example";
  const TestServer server(options);
  const auto policy_of = [&](const char* path) {
    return fetch(server.port(), path).headers.at("content-security-policy");
  };
  EXPECT_TRUE(policy_of("/embed").ends_with("frame-ancestors 'self' https://shop.example"));
  EXPECT_TRUE(policy_of("/embed.html").ends_with("frame-ancestors 'self' https://shop.example"));
  EXPECT_TRUE(policy_of("/").ends_with("frame-ancestors 'self'"));
}

}  // namespace
}  // namespace parley::testing
