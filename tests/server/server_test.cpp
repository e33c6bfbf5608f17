#include "server/server.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

TEST(Server, NeedsItsWebFolder) {
  ServerOptions options = test_options();
  options.web_root = "/nowhere/at/all";
  const auto server = Server::start(options);
  ASSERT_FALSE(server);
  EXPECT_NE(server.error().find("/nowhere/at/all"), std::string::npos);
}

TEST(Server, DrainsWithCloseFrames) {
  TestServer server;
  Caller first(server.port(), "drain");
  first.join("drain");
  Caller second(server.port(), "elsewhere");
  std::thread draining([&] { server.drain(); });
  for (Caller* caller : {&first, &second}) {
    EXPECT_EQ(caller->receive_error(), ErrorCode::ShuttingDown);
    EXPECT_EQ(caller->socket().receive_close(), 1001);
  }
  draining.join();
  EXPECT_THROW(TcpClient client(server.port()), std::runtime_error);
}

TEST(Server, TellsItsClientsWhenAndWhereToComeBack) {
  ServerOptions options = test_options();
  options.drain_to = "https://b.example.org/";
  TestServer server(options);
  std::vector<std::unique_ptr<Caller>> callers;
  for (int count = 0; count < 3; ++count) {
    callers.push_back(std::make_unique<Caller>(server.port(), "drain"));
    callers.back()->join("drain");
  }
  std::thread draining([&] { server.drain(); });
  std::set<std::uint32_t> times;
  for (const auto& caller : callers) {
    const auto message = caller->receive_a<ComeBack>();
    EXPECT_EQ(message.server, Url("https://b.example.org/"));
    times.insert(message.after_milliseconds);
    EXPECT_EQ(caller->receive_error(), ErrorCode::ShuttingDown);
    EXPECT_EQ(caller->socket().receive_close(), 1001);
  }
  EXPECT_EQ(times.size(), 3u);
  draining.join();
}

TEST(Server, SaysItIsDrainingToWhoIsConnected) {
  ServerOptions options = test_options();
  options.timeouts.closing = std::chrono::seconds(30);
  options.timeouts.drain = std::chrono::seconds(30);
  TestServer server(options);
  TcpClient balancer(server.port());
  balancer.send(request("GET", "/healthz"));
  EXPECT_EQ(read_response(balancer).status, 200);
  TcpClient late(server.port());
  late.send(request("GET", "/healthz"));
  EXPECT_EQ(read_response(late).status, 200);

  // This client takes its time to answer the close frame, and so keeps the server.
  Caller slow(server.port(), "drain");
  std::thread draining([&] { server.drain(); });
  EXPECT_EQ(slow.receive_error(), ErrorCode::ShuttingDown);
  balancer.send(request("GET", "/healthz"));
  const auto health = read_response(balancer);
  EXPECT_EQ(health.status, 503);
  EXPECT_EQ(health.headers.at("connection"), "close");
  late.send(upgrade_request("drain"));
  EXPECT_EQ(read_response(late).status, 503);
  EXPECT_EQ(slow.socket().receive_close(), 1001);
  draining.join();
}

TEST(Server, WaitsForNobodyForever) {
  ServerOptions options = test_options();
  options.timeouts.drain = std::chrono::milliseconds(50);
  TestServer server(options);
  Caller silent(server.port(), "drain");
  server.drain();
  EXPECT_EQ(silent.receive_error(), ErrorCode::ShuttingDown);
}

TEST(Server, MayBeDestroyedWithEverythingInMidAir) {
  for (int round = 0; round < 20; ++round) {
    auto server = std::make_unique<TestServer>();
    TcpClient silent(server->port());
    TcpClient half(server->port());
    half.send("GET / HT");
    TcpClient upgrading(server->port());
    upgrading.send(upgrade_request("a"));
    WebSocketClient greeting(server->port());
    greeting.send_text("{");
    Caller inside(server->port(), "a");
    inside.send(Join{RoomId("b"), {}, {}, {}, {}});
    TcpClient scraping(server->port());
    scraping.send(request("GET", "/metrics"));
    server.reset();
    silent.receive_all();
    upgrading.receive_all();
  }
}

TEST(Server, GivesStunServersBeforeAndAfterJoining) {
  ServerOptions options = test_options();
  options.stun_servers = {"stun:a.example:3478", "stun:b.example"};
  const TestServer server(options);
  WebSocketClient client(server.port());
  client.send_text(encode(Hello{{protocol_version}, {}}));
  const auto welcome = decode_server_message(client.receive_text().value_or(""));
  ASSERT_TRUE(welcome);
  const auto& servers = std::get<Welcome>(*welcome).ice_servers;
  ASSERT_EQ(servers.size(), 1u);
  EXPECT_EQ(servers[0].urls.size(), 2u);
  Caller caller(server.port());
  caller.join("stun");
  EXPECT_EQ(caller.joined.ice_servers, servers);
}

TEST(Server, RenewsTheCredentialsOfARelayForWhoStaysJoined) {
  ServerOptions options = test_options();
  options.threads = 2;
  options.turn = {{"turn:a.example"}, {"north"}, std::chrono::seconds(2)};
  const TestServer server(options);
  Caller caller(server.port());
  caller.join("relay");
  ASSERT_EQ(caller.joined.ice_servers.size(), 1u);
  EXPECT_EQ(caller.joined.ice_servers_expire_in_seconds, 2u);
  auto before = caller.joined.ice_servers;
  for (int renewal = 0; renewal < 2; ++renewal) {
    const auto renewed = caller.receive_a<IceServersRenewed>();
    EXPECT_EQ(renewed.ice_servers_expire_in_seconds, 2u);
    EXPECT_NE(renewed.ice_servers, before);
    before = renewed.ice_servers;
  }
}

TEST(Server, JoinsManyAcrossShardsIntoOneRoom) {
  ServerOptions options = test_options();
  options.threads = 4;
  const TestServer server(options);
  // Without a hint connections stay where they were accepted: on every shard in turn.
  std::vector<std::unique_ptr<Caller>> callers;
  for (int count = 0; count < 8; ++count) {
    callers.push_back(std::make_unique<Caller>(server.port()));
    callers.back()->join("meeting");
    EXPECT_EQ(callers.back()->joined.participants.size(), static_cast<std::size_t>(count));
    for (int other = 0; other < count; ++other) {
      EXPECT_EQ(
          callers[static_cast<std::size_t>(other)]->receive_a<ParticipantJoined>().participant.id,
          callers.back()->joined.id);
    }
  }
  for (const auto& from : callers) {
    for (const auto& to : callers) {
      if (from == to) continue;
      from->signal(*to, "hello " + to->joined.id.value());
      const auto signal = to->receive_a<SignalFrom>();
      EXPECT_EQ(signal.from, from->joined.id);
      EXPECT_EQ(sdp_of(signal), "hello " + to->joined.id.value());
    }
  }
}

}  // namespace
}  // namespace parley::testing
