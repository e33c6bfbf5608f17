// A whole server and a receiver that it tells what happens in its rooms.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/net/self_signed.h"
#include "server/webhooks/webhook_signature.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/temporary_folder.h"
#include "tests/server/support/test_server.h"
#include "tests/server/support/trusted_file.h"
#include "tests/server/support/webhook_receiver.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;

ServerOptions telling(const WebhookOptions& webhook) {
  auto options = test_options();
  options.webhook = webhook;
  return options;
}

void join_as(Caller& caller, const std::string& room, const std::string& name) {
  Join join;
  join.room = RoomId(room);
  join.name = Name(name);
  caller.send(join);
  caller.joined = caller.receive_a<Joined>();
}

std::vector<std::string> words_of(const std::vector<ReceivedWebhook>& received) {
  std::vector<std::string> all;
  all.reserve(received.size());
  for (const auto& each : received) all.push_back(each.words());
  return all;
}

using Words = std::vector<std::string>;

class WebhooksTest : public ::testing::Test {
 protected:
  WebhookReceiver receiver_;
  TestServer server_{telling(webhook_to(receiver_.port()))};
};

TEST_F(WebhooksTest, TellOfACallInItsOrder) {
  {
    Caller ana(server_.port());
    join_as(ana, "demo", "Ana");
    Caller ben(server_.port());
    join_as(ben, "demo", "Ben");
    ben.send(Leave{});
    ana.receive_a<ParticipantLeft>();
    ana.send(Moderate{host_action::EndCall{}});
    EXPECT_EQ(ana.receive_error(), ErrorCode::CallEnded);
  }
  const auto received = receiver_.wait_for(6);
  EXPECT_EQ(words_of(received),
            (Words{"room-started", "participant-joined Ana", "participant-joined Ben",
                   "participant-left Ben", "participant-left Ana", "room-ended"}));
  EXPECT_EQ(received[3].json().at("reason"), "left");
  EXPECT_EQ(received[4].json().at("reason"), "call-ended");
  EXPECT_EQ(received[1].json().at("participant").at("role"), "host");
  EXPECT_EQ(received[2].json().at("participant").at("role"), "guest");
  std::set<std::string> ids;
  for (const auto& each : received) ids.insert(each.json().at("id").get<std::string>());
  EXPECT_EQ(ids.size(), received.size());
  wait_for_metric(server_.port(), "parley_webhooks_delivered_total", 6);
  EXPECT_EQ(metric(server_.port(), "parley_webhook_failures_total"), 0u);
  EXPECT_EQ(metric(server_.port(), "parley_webhooks_waiting"), 0u);
}

TEST_F(WebhooksTest, AreSignedRequests) {
  Caller ana(server_.port());
  join_as(ana, "demo", "Ana");
  const auto received = receiver_.wait_for(2).at(1);
  EXPECT_TRUE(received.head.starts_with("POST /hook?a=b HTTP/1.1\r\n")) << received.head;
  EXPECT_EQ(received.header("Host"), "localhost:" + std::to_string(receiver_.port()));
  EXPECT_EQ(received.header("Content-Type"), "application/json");
  const auto signature = received.header("Parley-Signature");
  ASSERT_TRUE(signature.starts_with("t=")) << received.head;
  const std::chrono::sys_seconds at{std::chrono::seconds(std::stoll(signature.substr(2)))};
  EXPECT_LT(std::chrono::system_clock::now() - at, 60s);
  EXPECT_EQ(signature, webhook_signature(test_webhook_secret, at, received.body));
}

TEST_F(WebhooksTest, ThatAreNotTakenAreSentAgainInTheirPlace) {
  receiver_.answer({500, 302});
  Caller ana(server_.port());
  join_as(ana, "demo", "Ana");
  // After pauses of at most 1 and 2 seconds.
  const auto received = receiver_.wait_for(4);
  EXPECT_EQ(words_of(received),
            (Words{"room-started", "room-started", "room-started", "participant-joined Ana"}));
  EXPECT_EQ(received[2].body, received[0].body) << "the same event by its id";
  EXPECT_TRUE(received[2].head.starts_with("POST /hook")) << "redirects are not followed";
  wait_for_metric(server_.port(), "parley_webhooks_delivered_total", 2);
  EXPECT_EQ(metric(server_.port(), "parley_webhook_failures_total"), 2u);
}

TEST_F(WebhooksTest, OfOneRoomDoNotWaitForThoseOfAnother) {
  receiver_.answer({500});
  Caller ana(server_.port());
  join_as(ana, "a", "Ana");
  receiver_.wait_for(1);
  Caller ben(server_.port());
  join_as(ben, "b", "Ben");
  const auto received = receiver_.wait_for(3);
  EXPECT_EQ(received[1].json().at("room"), "b");
  EXPECT_EQ(received[2].json().at("room"), "b");
}

TEST(Webhooks, AreSentAgainWhenTheReceiverIsThereAgain) {
  const auto port = free_port();
  const TestServer server(telling(webhook_to(port)));
  Caller ana(server.port());
  join_as(ana, "demo", "Ana");
  wait_for_metric(server.port(), "parley_webhook_failures_total", 1);
  WebhookReceiver receiver(port);
  EXPECT_EQ(words_of(receiver.wait_for(2)), (Words{"room-started", "participant-joined Ana"}));
}

TEST(Webhooks, AReceiverThatNeverAnswersHoldsNothingUp) {
  WebhookReceiver receiver;
  receiver.answer({}, WebhookReceiver::silence);
  auto options = telling(webhook_to(receiver.port()));
  options.timeouts.drain = 200ms;
  TestServer server(options);
  OtherCall other(server.port());
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < 50; ++round) {
    Caller caller(server.port());
    join_as(caller, "room-" + std::to_string(round), "Ana");
    caller.send(Leave{});
  }
  other.expect_goes_on();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  wait_for_metric(server.port(), "parley_webhooks_waiting", 203);
  EXPECT_EQ(metric(server.port(), "parley_webhooks_delivered_total"), 0u);
  server.drain();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s) << "less than a webhook may take";
}

TEST(Webhooks, AHandshakeThatHangsHoldsNothingUp) {
  const auto own = make_self_signed({"localhost"}, Certificate::Clock::now());
  WebhookReceiver receiver(0, own);
  receiver.hold(1'000);
  auto options = telling(webhook_to(receiver.port(), "https"));
  options.timeouts.drain = 200ms;
  TestServer server(options);
  OtherCall other(server.port());
  receiver.wait_for_held(1);
  other.expect_goes_on();
  EXPECT_EQ(metric(server.port(), "parley_webhooks_waiting"), 3u);
  server.drain();
}

TEST(Webhooks, AReceiverThatIsTooSlowIsAskedAgain) {
  WebhookReceiver receiver;
  receiver.answer({WebhookReceiver::silence});
  auto options = telling(webhook_to(receiver.port()));
  options.timeouts.webhook = 1s;
  const TestServer server(options);
  Caller ana(server.port());
  join_as(ana, "demo", "Ana");
  EXPECT_EQ(words_of(receiver.wait_for(3)),
            (Words{"room-started", "room-started", "participant-joined Ana"}));
  EXPECT_EQ(metric(server.port(), "parley_webhook_failures_total"), 1u);
}

TEST(Webhooks, TheLastOnesAreTakenBeforeTheServerStops) {
  WebhookReceiver receiver;
  receiver.answer({500});  // so that they are not taken before nobody is connected any more
  TestServer server(telling(webhook_to(receiver.port())));
  {
    Caller ana(server.port());
    join_as(ana, "demo", "Ana");
    ana.send(Leave{});
    wait_for_metric(server.port(), "parley_participants", 0);
  }
  server.drain();
  const auto received = receiver.wait_for(0);
  ASSERT_EQ(received.size(), 5u);
  EXPECT_EQ(received.back().words(), "room-ended");
}

TEST(Webhooks, GoOverHttpsToWhoseCertificateIsTrusted) {
  const auto own = make_self_signed({"localhost"}, Certificate::Clock::now());
  WebhookReceiver receiver(0, own);
  const TemporaryFolder folder;
  const TrustedFile trusted(folder.write("trusted.pem", own.text).string());
  const TestServer server(telling(webhook_to(receiver.port(), "https")));
  Caller ana(server.port());
  join_as(ana, "demo", "Ana");
  EXPECT_EQ(words_of(receiver.wait_for(2)), (Words{"room-started", "participant-joined Ana"}));
}

TEST(Webhooks, GoToNobodyWhoseCertificateIsNotTrustedOrForAnotherName) {
  const auto own = make_self_signed({"localhost"}, Certificate::Clock::now());
  const auto other = make_self_signed({"other.example.org"}, Certificate::Clock::now());
  WebhookReceiver untrusted(0, own);
  WebhookReceiver misnamed(0, other);
  const TemporaryFolder folder;
  const TrustedFile trusted(folder.write("trusted.pem", other.text).string());
  for (auto* receiver : {&untrusted, &misnamed}) {
    const TestServer server(telling(webhook_to(receiver->port(), "https")));
    Caller ana(server.port());
    join_as(ana, "demo", "Ana");
    wait_for_metric(server.port(), "parley_webhook_failures_total", 1);
    EXPECT_TRUE(receiver->wait_for(0).empty());
  }
}

}  // namespace
}  // namespace parley::testing
