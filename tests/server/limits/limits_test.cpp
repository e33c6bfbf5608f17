// What one address or one connection may use, by real sockets.
#include <gtest/gtest.h>

#include "core/limits/message_budget.h"
#include "tests/server/support/api_client.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

// Limits count for this machine's addresses, too.
ServerOptions limited(Policy policy) {
  ServerOptions options = test_options();
  policy.unlimited.clear();
  options.policy = std::move(policy);
  return options;
}

int status_of_upgrade(std::uint16_t port, std::string_view forwarded = "") {
  TcpClient client(port);
  std::string text = upgrade_request("");
  if (!forwarded.empty()) {
    text.insert(text.size() - 2, "X-Forwarded-For: " + std::string(forwarded) + "\r\n");
  }
  client.send(text);
  const Response response = read_response(client);
  if (response.status == 429) {
    EXPECT_GE(std::stoi(response.headers.at("retry-after")), 1);
  }
  return response.status;
}

Join join_of(const std::string& room) {
  Join join;
  join.room = RoomId(room);
  return join;
}

// The client is told when to come back, why, and is closed.
void expect_put_off(Caller& caller, std::string_view reason) {
  EXPECT_GE(caller.receive_a<ComeBack>().after_milliseconds, 1'000u);
  const auto error = caller.receive_a<ErrorMessage>();
  EXPECT_EQ(error.code, ErrorCode::RateLimited);
  EXPECT_EQ(error.about, reason);
  EXPECT_EQ(caller.socket().receive_close(), 4010);
}

std::uint64_t refusals(std::uint16_t port, const std::string& reason) {
  return metric(port, "parley_refusals_total{reason=\"" + reason + "\"}");
}

TEST(Limits, AnAddressWithTooManyWebsocketsIsTold429) {
  Policy policy;
  policy.address.most(Held::Websockets) = 2;
  const TestServer server(limited(policy));
  Caller first(server.port());
  {
    Caller second(server.port());
    EXPECT_EQ(status_of_upgrade(server.port()), 429);
    EXPECT_EQ(refusals(server.port(), "websockets-held"), 1u);
    second.socket().send_frame(Opcode::Close, "\x03\xe8");
    second.socket().receive_close();
  }
  wait_for_metric(server.port(), "parley_connections", 1);
  Caller next(server.port());
  next.join("a");
}

TEST(Limits, AnAddressThatOpensWebsocketsTooOftenIsTold429) {
  Policy policy;
  policy.address.rate(Flow::Websockets) = {1, 2};
  const TestServer server(limited(policy));
  EXPECT_EQ(status_of_upgrade(server.port()), 101);
  EXPECT_EQ(status_of_upgrade(server.port()), 101);
  EXPECT_EQ(status_of_upgrade(server.port()), 429);
  EXPECT_EQ(refusals(server.port(), "websockets"), 1u);
}

// A server that has each client ask twice. Who names itself by X-Forwarded-For is that client; who
// does not is the proxy, without limits.
Policy two_requests() {
  Policy policy;
  policy.address.rate(Flow::Requests) = {1, 2};
  policy.trusted_proxies = {*IpNetwork::parse("127.0.0.1")};
  return policy;
}

std::string request_of(std::string_view client, std::string_view target) {
  return request("GET", target, "X-Forwarded-For: " + std::string(client) + "\r\n");
}

TEST(Limits, AnAddressThatAsksTooOftenIsTold429AndKeepsItsConnection) {
  const TestServer server(limited(two_requests()));
  TcpClient client(server.port());
  // At once, so that no token comes back meanwhile; of a client and another over the same proxy.
  client.send(request_of("203.0.113.1", "/") + request_of("203.0.113.1", "/nothing") +
              request_of("203.0.113.1", "/parley.js") + request_of("203.0.113.2", "/"));
  EXPECT_EQ(read_response(client).status, 200);
  EXPECT_EQ(read_response(client).status, 404);
  const Response refused = read_response(client);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.body, "Too much comes from your network (requests).\n");
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_FALSE(refused.headers.contains("connection"));
  EXPECT_EQ(read_response(client).status, 200);
  EXPECT_EQ(refusals(server.port(), "requests"), 1u);
  EXPECT_EQ(metric(server.port(), "parley_http_responses_total{status=\"429\"}"), 1u);
}

TEST(Limits, AConnectionThatAsksOnAndOnIsClosed) {
  const TestServer server(limited(two_requests()));
  TcpClient client(server.port());
  std::string flood;
  for (int asked = 0; asked < 30; ++asked) flood += request_of("203.0.113.1", "/parley.wasm");
  client.send(flood);
  int refused = 0;
  for (Response response = read_response(client); response.status != 0;
       response = read_response(client)) {
    refused += response.status == 429 ? 1 : 0;
    EXPECT_EQ(response.headers.contains("connection"), refused == 10);
  }
  EXPECT_EQ(refused, 10);
  EXPECT_EQ(refusals(server.port(), "requests"), 10u);
}

TEST(Limits, RequestsThatAreRefusedAreNotLookedAt) {
  auto options = api_options();
  options.policy = two_requests();
  options.policy.unlimited.clear();
  const TestServer server(std::move(options));
  TcpClient client(server.port());
  const std::string guess = request("GET", "/api/v1/rooms",
                                    "X-Forwarded-For: 203.0.113.1\r\nAuthorization: Bearer x\r\n");
  client.send(guess + guess + guess + request_of("203.0.113.1", "/ws"));
  EXPECT_EQ(read_response(client).status, 401);
  EXPECT_EQ(read_response(client).status, 401);
  const Response refused = read_response(client);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(error_code_of(refused), "too-many-requests");
  EXPECT_GE(std::stoi(refused.headers.at("retry-after")), 1);
  EXPECT_EQ(read_response(client).status, 429) << "a WebSocket is a request, too";
  EXPECT_EQ(refusals(server.port(), "admin-key-wrong"), 2u);
  EXPECT_EQ(refusals(server.port(), "requests"), 2u);
}

TEST(Limits, WhetherTheServerIsWellMayAlwaysBeAsked) {
  const TestServer server(limited(two_requests()));
  TcpClient client(server.port());
  std::string asked = request_of("203.0.113.1", "/metrics") + request_of("203.0.113.1", "/metrics");
  for (int time = 0; time < 20; ++time) asked += request_of("203.0.113.1", "/healthz");
  client.send(asked + request_of("203.0.113.1", "/metrics"));
  for (int time = 0; time < 22; ++time) EXPECT_EQ(read_response(client).status, 200);
  EXPECT_EQ(read_response(client).status, 429);
}

TEST(Limits, AnAddressWithTooManyConnectionsGetsNoMore) {
  Policy policy;
  policy.address.most(Held::Connections) = 2;
  const TestServer server(limited(policy));
  Caller first(server.port());
  {
    const TcpClient second(server.port());
    TcpClient third(server.port());
    EXPECT_EQ(third.receive_some(), "");
  }
  // Asking takes a connection, which may be refused, too, before the others are gone.
  EXPECT_GE(refusals(server.port(), "connections-held"), 1u);
  first.join("a");
}

TEST(Limits, AConnectionThatSendsTooManyMessagesIsPutOff) {
  Policy policy;
  policy.websocket.messages = {1, 40};
  const TestServer server(limited(policy));
  OtherCall other(server.port());
  Caller caller(server.port());
  for (int sent = 0; sent < 60; ++sent) caller.send(Ping{});
  expect_put_off(caller, "connection-messages");
  EXPECT_EQ(refusals(server.port(), "connection-messages"), 1u);
  other.expect_goes_on();
}

TEST(Limits, AConnectionThatSendsTooManyBytesIsPutOff) {
  Policy policy;
  policy.websocket.bytes = {1'000, 50'000};
  const TestServer server(limited(policy));
  OtherCall other(server.port());
  Caller caller(server.port());
  for (int sent = 0; sent < 3; ++sent) caller.socket().send_text(std::string(20'000, ' '));
  expect_put_off(caller, "connection-bytes");
  other.expect_goes_on();
}

TEST(Limits, TheMessagesOfAnAddressCountTogetherOverItsConnections) {
  Policy policy;
  policy.address.rate(Flow::Messages) = {1, 4 * MessageBudget::portion_messages};
  const TestServer server(limited(policy));
  Caller first(server.port());
  Caller second(server.port());
  for (std::uint32_t sent = 0; sent < 2 * MessageBudget::portion_messages; ++sent) {
    second.send(Ping{});
    second.receive_a<Pong>();
  }
  for (std::uint32_t sent = 0; sent < MessageBudget::portion_messages; ++sent) first.send(Ping{});
  expect_put_off(first, "messages");
}

TEST(Limits, AConnectionThatJoinsTooOftenIsPutOff) {
  Policy policy;
  policy.websocket.joins = {1, 2};
  const TestServer server(limited(policy));
  Caller caller(server.port());
  for (int joined = 0; joined < 2; ++joined) {
    caller.join("a");
    caller.send(Leave{});
  }
  caller.send(join_of("a"));
  expect_put_off(caller, "connection-joins");
}

TEST(Limits, AnAddressThatMakesTooManyRoomsIsPutOffAndJoinsThoseThatAreThere) {
  Policy policy;
  policy.address.rate(Flow::Rooms) = {1, 2};
  const TestServer server(limited(policy));
  std::vector<std::unique_ptr<Caller>> inside;
  for (const char* room : {"a", "b"}) {
    // Without a hint, so that rooms and connections are on different shards for some.
    inside.push_back(std::make_unique<Caller>(server.port()));
    inside.back()->join(room);
  }
  Caller late(server.port());
  late.send(join_of("c"));
  expect_put_off(late, "rooms");
  EXPECT_EQ(refusals(server.port(), "rooms"), 1u);
  Caller guest(server.port());
  guest.join("b");
  EXPECT_EQ(guest.joined.participants.size(), 1u);
}

TEST(Limits, DoNotCountForThisMachineUnlessAsked) {
  ServerOptions options = test_options();
  options.policy.address.most(Held::Websockets) = 1;
  options.policy.address.rate(Flow::Requests) = {1, 1};
  const TestServer server(options);
  const OtherCall two(server.port());
}

TEST(Limits, CountForEachClientBehindATrustedProxy) {
  Policy policy;
  policy.address.rate(Flow::Websockets) = {1, 1};
  policy.trusted_proxies = {*IpNetwork::parse("127.0.0.1")};
  const TestServer server(limited(policy));
  EXPECT_EQ(status_of_upgrade(server.port(), "203.0.113.1"), 101);
  EXPECT_EQ(status_of_upgrade(server.port(), "203.0.113.1"), 429);
  EXPECT_EQ(status_of_upgrade(server.port(), "203.0.113.2"), 101);
  EXPECT_EQ(status_of_upgrade(server.port(), "2001:db8::1"), 101);
  EXPECT_EQ(status_of_upgrade(server.port(), "2001:db8::2"), 429) << "a neighbour in its /64";
}

TEST(Limits, ChangeWhileTheServerRuns) {
  Policy policy;
  policy.unlimited.clear();
  TestServer server(limited(policy));
  Caller caller(server.port());
  policy.websocket.messages = {1, 3};
  server.change(policy);
  for (int sent = 0; sent < 100; ++sent) caller.send(Ping{});
  expect_put_off(caller, "connection-messages");
}

}  // namespace
}  // namespace parley::testing
