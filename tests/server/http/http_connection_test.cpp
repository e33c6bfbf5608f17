#include <gtest/gtest.h>

#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"
#include "tests/server/support/websocket_client.h"

namespace parley::testing {
namespace {

TEST(HttpConnection, StaysOpenForFurtherRequests) {
  const TestServer server;
  TcpClient client(server.port());
  for (const char* target : {"/", "/nothing", "/parley.wasm", "/healthz"}) {
    client.send(request("GET", target));
    EXPECT_NE(read_response(client).status, 0) << target;
  }
}

TEST(HttpConnection, AnswersRequestsThatComeAtOnceInOrder) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(request("GET", "/") + request("HEAD", "/r/demo") + request("GET", "/nothing") +
              request("GET", "/embed"));
  EXPECT_EQ(read_response(client).body, "<title>start</title>");
  EXPECT_EQ(read_response(client, "HEAD").headers["content-length"], "19");
  EXPECT_EQ(read_response(client).status, 404);
  EXPECT_EQ(read_response(client).body, "<title>embed</title>");
}

TEST(HttpConnection, ClosesWhenTheClientWantsIt) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(request("GET", "/", "Connection: close\r\n"));
  const auto response = read_response(client);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_EQ(client.receive_all(), "");
}

TEST(HttpConnection, SendsThePackedFormAndItsLength) {
  const TestServer server;
  const auto response = fetch(server.port(), "/parley.js", "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(response.body, "packed by brotli");
  EXPECT_EQ(response.headers.at("content-encoding"), "br");
  EXPECT_EQ(response.headers.at("content-length"), "16");
  EXPECT_TRUE(response.headers.contains("date"));
}

TEST(HttpConnection, SendsNoBodyWhereThereIsNone) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(request("HEAD", "/parley.js"));
  const auto head = read_response(client, "HEAD");
  EXPECT_EQ(head.headers.at("content-length"), "23");
  client.send(request("GET", "/parley.js", "If-None-Match: " + head.headers.at("etag") + "\r\n"));
  EXPECT_EQ(read_response(client).status, 304);
  client.send(request("GET", "/healthz"));
  EXPECT_EQ(read_response(client).body, "ok\n");
}

TEST(HttpConnection, ReadsOverASmallBodyAndGoesOn) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(request("POST", "/", "Content-Length: 5\r\n") + "12345" + request("GET", "/healthz"));
  EXPECT_EQ(read_response(client).status, 405);
  EXPECT_EQ(read_response(client).status, 200);
}

TEST(HttpConnection, AsksForTheBodyOfWhoWaitsToBeAsked) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(request("POST", "/", "Content-Length: 5\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("12345");
  EXPECT_EQ(read_response(client).status, 405);
}

TEST(HttpConnection, ShowsFiguresOfAllShards) {
  const TestServer server;
  const WebSocketClient first(server.port(), "one");
  const WebSocketClient second(server.port(), "two");
  const WebSocketClient third(server.port(), "three");
  const auto response = fetch(server.port(), "/metrics");
  EXPECT_EQ(response.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(response.body.find("parley_connections 3\n"), std::string::npos) << response.body;
}

struct Upgrade {
  const char* headers;
  int status;
};

class RefusedUpgrade : public ::testing::TestWithParam<Upgrade> {};

TEST_P(RefusedUpgrade, IsExplained) {
  const TestServer server;
  const auto response = fetch(server.port(), "/ws", GetParam().headers);
  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_FALSE(response.status != 101 && response.body.empty());
}

INSTANTIATE_TEST_SUITE_P(
    HttpConnection, RefusedUpgrade,
    ::testing::Values(
        Upgrade{"", 426}, Upgrade{"Connection: upgrade\r\nUpgrade: h2c\r\n", 426},
        Upgrade{"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Protocol: parley.v1\r\n",
                426},
        Upgrade{"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                400},
        Upgrade{"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                "Sec-WebSocket-Protocol: chat, parley.v2\r\n",
                400},
        Upgrade{"Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                "Sec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: parley.v1\r\n",
                400}));

TEST(HttpConnection, OpensAWebSocketAmongSeveralSubprotocols) {
  const TestServer server;
  const auto response =
      fetch(server.port(), "/ws?room=demo",
            "Connection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            "Sec-WebSocket-Protocol: chat, parley.v1\r\n");
  EXPECT_EQ(response.status, 101);
  EXPECT_EQ(response.headers.at("sec-websocket-protocol"), "parley.v1");
  // The example of RFC 6455 section 1.3.
  EXPECT_EQ(response.headers.at("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST(HttpConnection, RefusesFramesThatComeBeforeTheWebSocketIsOpen) {
  const TestServer server;
  TcpClient client(server.port());
  client.send(upgrade_request("demo") + frame_bytes(Opcode::Text, "{}"));
  EXPECT_EQ(read_response(client).status, 400);
}

}  // namespace
}  // namespace parley::testing
