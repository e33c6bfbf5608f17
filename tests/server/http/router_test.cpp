#include "server/http/router.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

class RouterTest : public ::testing::Test {
 protected:
  HttpResponse answer(std::string_view target, std::string_view method = "GET",
                      Readiness readiness = Readiness::Serving) {
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.if_none_match = if_none_match_;
    Route route = router_.route(request, readiness);
    return std::holds_alternative<HttpResponse>(route) ? std::get<HttpResponse>(std::move(route))
                                                       : HttpResponse{0, {}, nullptr};
  }

  static std::string header(const HttpResponse& response, std::string_view name) {
    const auto found =
        std::ranges::find(response.headers, name, [](const auto& h) { return h.first; });
    return found == response.headers.end() ? "" : found->second;
  }

  const WebFolder web_;
  const AssetStore assets_ = std::move(*AssetStore::load(web_.path()));
  const Router router_{assets_};
  std::optional<std::string_view> if_none_match_;
};

TEST(AsksForHealth, HoweverThePathIsWritten) {
  for (const char* target : {"/healthz", "/healthz?from=monitor", "//healthz", "/health%7a"}) {
    EXPECT_TRUE(asks_for_health(target)) << target;
  }
  for (const char* target : {"/", "/healthz/x", "/healthz/../metrics", "/r/healthz", "healthz%"}) {
    EXPECT_FALSE(asks_for_health(target)) << target;
  }
}

TEST_F(RouterTest, HasItsPages) {
  EXPECT_EQ(*answer("/").body, "<title>start</title>");
  EXPECT_EQ(*answer("/r/demo_1-A").body, "<title>call</title>");
  EXPECT_EQ(*answer("/r/demo?name=Ana").body, "<title>call</title>");
  EXPECT_EQ(*answer("/embed").body, "<title>embed</title>");
}

TEST_F(RouterTest, SaysWhenThatIsNoRoom) {
  for (const char* target : {"/r/", "/r/a.b", "/r/a/b", "/r/%C3%A9", "/r/a%20b"}) {
    const auto response = answer(target);
    EXPECT_EQ(response.status, 404u) << target;
    EXPECT_NE(response.body->find("A room’s name"), std::string::npos) << target;
  }
  EXPECT_EQ(answer("/r/" + std::string(64, 'x')).status, 200u);
  EXPECT_EQ(answer("/r/" + std::string(65, 'x')).status, 404u);
}

TEST_F(RouterTest, AnswersAnythingElseWithAPage) {
  const auto response = answer("/nothing");
  EXPECT_EQ(response.status, 404u);
  EXPECT_EQ(header(response, "Content-Type"), "text/html; charset=utf-8");
}

TEST_F(RouterTest, AnswersWithTheFoldersOwnPageWhereThereIsOne) {
  std::ofstream(web_.path() / "404.html") << "<title>own</title>";
  const AssetStore assets = std::move(*AssetStore::load(web_.path()));
  HttpRequest request;
  request.method = "GET";
  request.target = "/nothing";
  const auto response = std::get<HttpResponse>(Router(assets).route(request, Readiness::Serving));
  EXPECT_EQ(response.status, 404u);
  EXPECT_EQ(*response.body, "<title>own</title>");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

TEST_F(RouterTest, TakesOtherMethodsNowhere) {
  const auto response = answer("/", "POST");
  EXPECT_EQ(response.status, 405u);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
  EXPECT_EQ(header(answer("/ws", "HEAD"), "Allow"), "GET");
}

TEST_F(RouterTest, RefusesBrokenPaths) { EXPECT_EQ(answer("/%2e%2e/secret.txt").status, 400u); }

TEST_F(RouterTest, TellsBalancersWhetherToSendMore) {
  EXPECT_EQ(answer("/healthz").status, 200u);
  EXPECT_EQ(answer("/healthz", "GET", Readiness::Draining).status, 503u);
}

TEST_F(RouterTest, SendsUnchangedFilesOnce) {
  const std::string etag = header(answer("/parley.js"), "ETag");
  if_none_match_ = etag;
  const auto response = answer("/parley.js");
  EXPECT_EQ(response.status, 304u);
  EXPECT_EQ(response.body, nullptr);
  EXPECT_EQ(header(response, "ETag"), etag);
  EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
}

TEST_F(RouterTest, LetsNamesWithAHashBeKept) {
  EXPECT_EQ(header(answer("/locale/de-7XKQ2ABC.js"), "Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(header(answer("/parley.js"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(answer("/"), "Cache-Control"), "no-cache");
}

TEST_F(RouterTest, LetsOtherSitesLoadTheWidgetButNotFrameThePages) {
  const auto script = answer("/parley.js");
  EXPECT_EQ(header(script, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(header(script, "Cross-Origin-Resource-Policy"), "cross-origin");
  const auto page = answer("/");
  EXPECT_EQ(header(page, "Access-Control-Allow-Origin"), "");
  EXPECT_NE(header(page, "Content-Security-Policy").find("frame-ancestors 'self'"),
            std::string::npos);
  EXPECT_NE(header(answer("/embed"), "Content-Security-Policy").find("frame-ancestors *"),
            std::string::npos);
}

TEST_F(RouterTest, GuardsEveryAnswer) {
  for (const char* target : {"/", "/parley.js", "/nothing", "/healthz", "/%"}) {
    const auto response = answer(target);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header(response, "Referrer-Policy"), "no-referrer") << target;
    EXPECT_NE(
        header(response, "Content-Security-Policy").find("script-src 'self' 'wasm-unsafe-eval';"),
        std::string::npos)
        << target;
  }
}

TEST_F(RouterTest, PassesTheRoomOnAsAHint) {
  HttpRequest request;
  request.method = "GET";
  request.target = "/ws?room=d%65mo";
  const Route route = router_.route(request, Readiness::Serving);
  ASSERT_TRUE(std::holds_alternative<OpenWebSocket>(route));
  EXPECT_EQ(std::get<OpenWebSocket>(route).room_hint, "demo");
}

TEST_F(RouterTest, LeavesTheApiItsMethodsAndPaths) {
  for (const char* method : {"GET", "POST", "DELETE", "OPTIONS"}) {
    HttpRequest request;
    request.method = method;
    request.target = "/api/v1/rooms/a%2Db?limit=1";
    const Route route = router_.route(request, Readiness::Serving);
    ASSERT_TRUE(std::holds_alternative<CallApi>(route)) << method;
    EXPECT_EQ(std::get<CallApi>(route).path, "/api/v1/rooms/a-b");
  }
  EXPECT_EQ(answer("/api").status, 404u) << "a page that is not there";
}

}  // namespace
}  // namespace parley::testing
