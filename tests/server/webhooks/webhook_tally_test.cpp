#include "server/webhooks/webhook_tally.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>

namespace parley {
namespace {

std::uint64_t drops(const WebhookTally& tally, WebhookDrop why) {
  return tally.figures().drops[static_cast<std::size_t>(why)];
}

TEST(WebhookTally, HasAPlaceAgainForEachThatIsDeliveredOrDropped) {
  WebhookTally tally(2);
  EXPECT_TRUE(tally.take_place());
  EXPECT_TRUE(tally.take_place());
  EXPECT_FALSE(tally.take_place());
  EXPECT_EQ(drops(tally, WebhookDrop::QueueFull), 1u);
  tally.delivered();
  EXPECT_TRUE(tally.take_place());
  tally.failed_attempt();
  EXPECT_FALSE(tally.take_place()) << "it is sent again";
  tally.dropped(WebhookDrop::GivenUp);
  EXPECT_TRUE(tally.take_place());
  tally.dropped(WebhookDrop::SwitchedOff, 2);
  EXPECT_EQ(tally.figures().waiting, 0u);
  EXPECT_EQ(tally.figures().delivered, 1u);
  EXPECT_EQ(tally.figures().failed_attempts, 1u);
  EXPECT_EQ(drops(tally, WebhookDrop::GivenUp), 1u);
  EXPECT_EQ(drops(tally, WebhookDrop::SwitchedOff), 2u);
}

TEST(WebhookTally, HasNoMorePlacesForSeveralThreads) {
  constexpr std::size_t places = 1'000;
  WebhookTally tally(places);
  std::atomic<std::size_t> taken = 0;
  std::array<std::thread, 4> threads;
  for (auto& thread : threads) {
    thread = std::thread([&] {
      for (std::size_t event = 0; event < places; ++event) taken += tally.take_place() ? 1 : 0;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken, places);
  EXPECT_EQ(drops(tally, WebhookDrop::QueueFull), 3 * places);
}

}  // namespace
}  // namespace parley
