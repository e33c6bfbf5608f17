#include "server/http/https_redirect.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace parley {
namespace {

std::string location(std::string_view target, std::string_view host, std::uint16_t port = 8443) {
  HttpRequest request;
  request.method = "GET";
  request.target = target;
  const auto response = redirect_to_https(request, host, port);
  if (!response) return "none";
  if (response->status != 308) return std::to_string(response->status);
  return std::ranges::find(response->headers, "Location", [](const auto& h) { return h.first; })
      ->second;
}

TEST(HttpsRedirect, KeepsHostPortAndTarget) {
  EXPECT_EQ(location("/r/a?b=c%20d", "calls.example:8443"),
            "https://calls.example:8443/r/a?b=c%20d");
  EXPECT_EQ(location("/", "[2001:db8::1]:8443"), "https://[2001:db8::1]:8443/");
}

TEST(HttpsRedirect, UsesTheDefaultPortWhereTheDefaultPortWasAsked) {
  EXPECT_EQ(location("/", "calls.example"), "https://calls.example/");
  EXPECT_EQ(location("/", "[2001:db8::1]"), "https://[2001:db8::1]/");
  EXPECT_EQ(location("/", "calls.example", 80), "https://calls.example:80/");
}

TEST(HttpsRedirect, LetsBalancersAskForHealth) {
  EXPECT_EQ(location("/healthz", "10.0.0.1:8443"), "none");
  EXPECT_EQ(location("//healthz?x", "10.0.0.1:8443"), "none");
}

TEST(HttpsRedirect, LeadsNowhereElse) {
  for (const char* host : {"", "a b", "a/b", "a@b", "a?b", "a#b", "a\\b", "a%2fb"}) {
    EXPECT_EQ(location("/", host), "400") << host;
  }
  EXPECT_EQ(location("http://elsewhere.example/", "calls.example"), "400");
  EXPECT_EQ(location("*", "calls.example"), "400");
}

}  // namespace
}  // namespace parley
