// A courier and real receivers, without a server.
#include "server/webhooks/webhook_courier.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "server/net/self_signed.h"
#include "server/webhooks/webhook_signature.h"
#include "tests/server/support/silent_name_server.h"
#include "tests/server/support/temporary_folder.h"
#include "tests/server/support/trusted_file.h"
#include "tests/server/support/webhook_receiver.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto longest_wait = 10s;

// What failed is sent again soon.
WebhookCourier::Setup hasty(std::chrono::milliseconds patience = 10s) {
  return {.patience = patience,
          .retries = {1'000, Duration::milliseconds(20), Duration::milliseconds(20)}};
}

// What failed is not sent again while a test runs.
WebhookCourier::Setup resigned() {
  return {.retries = {2, Duration::seconds(3600), Duration::seconds(3600)}};
}

room_event::CameIn came_in(const std::string& name) {
  Participant participant;
  participant.id = ParticipantId(name);
  participant.name = Name(name);
  return {participant, std::nullopt};
}

std::uint64_t drops(const WebhookCourier& courier, WebhookDrop why) {
  return courier.figures().drops[static_cast<std::size_t>(why)];
}

template <class Condition>
void wait_until(Condition condition) {
  const auto give_up_at = Clock::now() + longest_wait;
  while (!condition()) {
    ASSERT_LT(Clock::now(), give_up_at);
    std::this_thread::sleep_for(1ms);  // figures are asked for, they do not tell of themselves
  }
}

void wait_for_failures(const WebhookCourier& courier, std::uint64_t count) {
  wait_until([&] { return courier.figures().failed_attempts >= count; });
}

TEST(WebhookCourier, KeepsTheOrderOfEachRoomWhateverOtherThreadsTell) {
  constexpr std::size_t threads = 4;
  constexpr std::size_t rooms = 6;
  constexpr std::size_t events = 8;
  WebhookReceiver receiver;
  receiver.answer({500, 204, 204, 500, 500});
  WebhookCourier courier(webhook_to(receiver.port()), hasty());
  std::vector<std::thread> shards;
  for (std::size_t shard = 0; shard < threads; ++shard) {
    shards.emplace_back([&courier, shard] {
      for (std::size_t event = 0; event < events; ++event) {
        for (std::size_t room = shard; room < threads * rooms; room += threads) {
          courier.tell(RoomId(std::to_string(room)), came_in(std::to_string(event)));
        }
      }
    });
  }
  for (auto& shard : shards) shard.join();
  ASSERT_EQ(courier.when_done().wait_for(longest_wait), std::future_status::ready);
  std::map<std::string, std::string> told;
  std::set<std::string> ids;  // of events: those that were sent again come twice
  for (const auto& each : receiver.wait_for(threads * rooms * events + 3)) {
    const auto body = each.json();
    if (!ids.insert(body.at("id")).second) continue;
    told[body.at("room")] += body.at("participant").at("name").get<std::string>();
  }
  EXPECT_EQ(told.size(), threads * rooms);
  for (const auto& [room, names] : told) EXPECT_EQ(names, "01234567") << room;
  EXPECT_EQ(courier.figures().delivered, threads * rooms * events);
  EXPECT_EQ(courier.figures().failed_attempts, 3u);
  EXPECT_EQ(courier.figures().waiting, 0u);
}

TEST(WebhookCourier, AHandshakeThatHangsHoldsUpNoOtherRoomAndIsGivenUp) {
  const auto own = make_self_signed({"localhost"}, Certificate::Clock::now());
  const TemporaryFolder folder;
  const TrustedFile trusted(folder.write("trusted.pem", own.text).string());
  WebhookReceiver receiver(0, own);
  receiver.hold(1);
  WebhookCourier courier(webhook_to(receiver.port(), "https"), hasty(500ms));
  courier.tell(RoomId("a"), room_event::Started{});
  receiver.wait_for_held(1);
  for (int event = 0; event < 3; ++event) courier.tell(RoomId("b"), room_event::Started{});
  const auto received = receiver.wait_for(4);
  for (std::size_t at = 0; at < 3; ++at) EXPECT_EQ(received[at].json().at("room"), "b");
  EXPECT_EQ(received[3].json().at("room"), "a");
  EXPECT_EQ(courier.figures().failed_attempts, 1u);
}

// The first look-up asks a name server that is silent.
class WebhookLookup : public ::testing::Test {
 protected:
  WebhookCourier::Setup setup(std::chrono::milliseconds patience) const {
    auto setup = hasty(patience);
    setup.resolver = [port = names_.port(), count = count_](const std::string& host,
                                                            const std::string& service) {
      if (++*count > 1) return AddressLookup::by_system(host, service);
      SilentNameServer::ask_only(port);
      return AddressLookup::by_system("receiver.example", service);
    };
    return setup;
  }

  SilentNameServer names_;
  const std::shared_ptr<std::atomic<int>> count_ = std::make_shared<std::atomic<int>>(0);
};

TEST_F(WebhookLookup, ThatHangsIsGivenUpAfterPatienceAndNotMadeTwiceMeanwhile) {
  WebhookReceiver receiver;
  WebhookCourier courier(webhook_to(receiver.port()), setup(100ms));
  const auto begin = Clock::now();
  courier.tell(RoomId("a"), room_event::Started{});
  courier.tell(RoomId("b"), room_event::Started{});
  names_.wait_for_questions();
  wait_for_failures(courier, 4);
  EXPECT_GE(Clock::now() - begin, 200ms) << "each had its patience";
  EXPECT_EQ(*count_, 1);
  names_.release();
  receiver.wait_for(2);
  EXPECT_GE(*count_, 2) << "looked up anew";
}

TEST_F(WebhookLookup, ThatHangsKeepsNothingFromEnding) {
  const auto begin = Clock::now();
  {
    WebhookCourier courier(webhook_to(1), setup(30s));
    courier.tell(RoomId("a"), room_event::Started{});
    names_.wait_for_questions();
  }
  EXPECT_LT(Clock::now() - begin, 5s) << "getaddrinfo takes half a minute";
}

TEST_F(WebhookLookup, OfAReceiverSoFarIsNotWaitedForByTheNext) {
  WebhookReceiver receiver;
  WebhookCourier courier(webhook_to(1), setup(200ms));
  courier.tell(RoomId("a"), room_event::Started{});
  names_.wait_for_questions();
  courier.change(webhook_to(receiver.port()));
  EXPECT_EQ(receiver.wait_for(1)[0].json().at("room"), "a");
}

TEST(WebhookCourier, WhatWaitsGoesToANewReceiverAtOnceWithItsSecret) {
  WebhookCourier courier(webhook_to(free_port()), resigned());
  courier.tell(RoomId("a"), came_in("Ana"));
  courier.tell(RoomId("a"), came_in("Ben"));
  wait_for_failures(courier, 1);
  WebhookReceiver receiver;
  auto to = webhook_to(receiver.port());
  to.secret = std::string(32, 'n');
  courier.change(to);
  const auto received = receiver.wait_for(2);
  EXPECT_EQ(received[0].words(), "participant-joined Ana");
  EXPECT_EQ(received[1].words(), "participant-joined Ben");
  const auto signature = received[0].header("Parley-Signature");
  const std::chrono::sys_seconds at{std::chrono::seconds(std::stoll(signature.substr(2)))};
  EXPECT_EQ(signature, webhook_signature(to.secret, at, received[0].body));
}

TEST(WebhookCourier, TheSameReceiverAgainChangesNothing) {
  const auto to = webhook_to(free_port());
  WebhookCourier courier(to, resigned());
  courier.tell(RoomId("a"), room_event::Started{});
  wait_for_failures(courier, 1);
  courier.change(to);
  courier.tell(RoomId("b"), room_event::Started{});
  wait_for_failures(courier, 2);
  EXPECT_EQ(courier.figures().waiting, 2u) << "the first would have been given up";
}

TEST(WebhookCourier, IsSwitchedOffAndOn) {
  WebhookCourier courier(webhook_to(free_port()), resigned());
  for (int event = 0; event < 3; ++event) courier.tell(RoomId("a"), room_event::Started{});
  wait_for_failures(courier, 1);
  courier.change(std::nullopt);
  ASSERT_EQ(courier.when_done().wait_for(longest_wait), std::future_status::ready);
  EXPECT_EQ(drops(courier, WebhookDrop::SwitchedOff), 3u);
  courier.tell(RoomId("a"), room_event::Started{});
  EXPECT_EQ(courier.figures().waiting, 0u);
  WebhookReceiver receiver;
  courier.change(webhook_to(receiver.port()));
  courier.tell(RoomId("a"), room_event::Over{});
  EXPECT_EQ(receiver.wait_for(1)[0].words(), "room-ended");
  EXPECT_EQ(drops(courier, WebhookDrop::SwitchedOff), 3u);
}

TEST(WebhookCourier, WhatFailsAfterItWasSwitchedOffIsDropped) {
  WebhookReceiver receiver;
  receiver.answer({}, WebhookReceiver::silence);
  WebhookCourier courier(webhook_to(receiver.port()), hasty(300ms));
  courier.tell(RoomId("a"), room_event::Started{});
  receiver.wait_for(1);
  courier.change(std::nullopt);
  ASSERT_EQ(courier.when_done().wait_for(longest_wait), std::future_status::ready);
  EXPECT_EQ(drops(courier, WebhookDrop::SwitchedOff), 1u);
  EXPECT_EQ(receiver.wait_for(1).size(), 1u);
}

TEST(WebhookCourier, WhatDoesNotFitIsDroppedAndCounted) {
  WebhookReceiver receiver;
  receiver.answer({WebhookReceiver::silence});
  auto setup = hasty(200ms);
  setup.most_waiting = 2;
  WebhookCourier courier(webhook_to(receiver.port()), setup);
  for (int event = 0; event < 5; ++event) courier.tell(RoomId("a"), room_event::Started{});
  EXPECT_EQ(drops(courier, WebhookDrop::QueueFull), 3u);
  EXPECT_EQ(courier.figures().waiting, 2u);
  ASSERT_EQ(courier.when_done().wait_for(longest_wait), std::future_status::ready);
  EXPECT_EQ(courier.figures().delivered, 2u);
}

std::set<std::string> threads_of_this_program() {
  std::set<std::string> ids;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    ids.insert(task.path().filename());
  }
  return ids;
}

TEST(WebhookCourier, WithoutAReceiverItHasNoThread) {
  const auto before = threads_of_this_program();
  WebhookCourier courier(std::nullopt, resigned());
  courier.tell(RoomId("a"), room_event::Started{});
  EXPECT_EQ(courier.figures().waiting, 0u);
  EXPECT_EQ(courier.when_done().wait_for(0s), std::future_status::ready);
  for (const auto& id : threads_of_this_program()) EXPECT_TRUE(before.contains(id)) << id;
}

}  // namespace
}  // namespace parley::testing
