#include "core/call/policies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/base/json_codec.h"
#include "core/call/call.h"

namespace parley {
namespace {

using Step = RecoveryPolicy::Step;

TEST(ReconnectPolicy, TriesAtOnceThenAtAnyMomentAndThenOnceInEachSpread) {
  const ReconnectPolicy policy;
  Random random(1);
  EXPECT_EQ(policy.pause(1, random), Duration());
  auto shortest = policy.spread;
  auto longest = Duration();
  for (int draw = 0; draw < 100; ++draw) {
    const auto second = policy.pause(2, random);
    shortest = std::min(shortest, second);
    longest = std::max(longest, second);
    EXPECT_GE(policy.pause(3, random), policy.spread / 8 * 7);
    EXPECT_LT(policy.pause(3, random), policy.spread);
  }
  EXPECT_LT(shortest, policy.spread / 10);
  EXPECT_GT(longest, policy.spread / 10 * 9);
  EXPECT_LT(longest, policy.spread);
}

// However long the server was away: no quarter of a second brings much more than its share.
TEST(ReconnectPolicy, SpreadsTheReturnOfACrowdEvenly) {
  const ReconnectPolicy policy;
  constexpr int crowd = 1000;
  const auto window = Duration::milliseconds(250);
  for (const auto away : {Duration::milliseconds(200), Duration::seconds(10)}) {
    std::array<int, 7> returned{};  // in each window after the server's return
    for (int client = 0; client < crowd; ++client) {
      Random random(static_cast<std::uint64_t>(client) + 1);
      Duration at;
      for (std::uint32_t attempt = 1; at < away; ++attempt) at = at + policy.pause(attempt, random);
      const auto late = (at - away).count_microseconds() / window.count_microseconds();
      ++returned.at(static_cast<std::size_t>(late));
    }
    const auto share = crowd * window.count_microseconds() / policy.spread.count_microseconds();
    EXPECT_LT(*std::max_element(returned.begin(), returned.end()), share * 3 / 2);
  }
}

TEST(ReconnectPolicy, KeepsTheLastPauseForAMinuteAndThenTriesMoreSeldom) {
  const ReconnectPolicy policy;
  Random random(1);
  EXPECT_LE(policy.pause(policy.frequent_attempts, random), policy.spread);
  EXPECT_GE(policy.pause(policy.frequent_attempts + 1, random), policy.pause_after_frequent / 2);
}

TEST(ReconnectPolicy, WaitsForLongerWhereThereIsACallToComeBackTo) {
  const ReconnectPolicy policy;
  EXPECT_TRUE(policy.gives_up(policy.attempts_before_a_call, false));
  EXPECT_FALSE(policy.gives_up(policy.attempts_before_a_call, true));
  EXPECT_TRUE(policy.gives_up(policy.attempts_in_a_call, true));
}

TEST(RecoveryPolicy, GivesWhatHadWorkedASuccessorAtOnce) {
  EXPECT_EQ(RecoveryPolicy().step(1, true, true), Step::NewLink);
}

TEST(RecoveryPolicy, TriesFreshCandidatesThenTheRelayThenAnewWhereNothingHadWorked) {
  const RecoveryPolicy policy;
  EXPECT_EQ(policy.step(1, false, true), Step::RestartIce);
  EXPECT_EQ(policy.step(2, false, true), Step::RestartIce);
  EXPECT_EQ(policy.step(3, false, true), Step::RestartOverRelay);
  EXPECT_EQ(policy.step(4, false, true), Step::NewLink);
  EXPECT_EQ(policy.step(400, false, true), Step::NewLink);
}

TEST(RecoveryPolicy, BeginsAnewInsteadOfOverARelayThatIsNotThere) {
  EXPECT_EQ(RecoveryPolicy().step(3, false, false), Step::NewLink);
}

TEST(RecoveryPolicy, PausesForLongerFromAttemptToAttempt) {
  const RecoveryPolicy policy;
  Random random(1);
  EXPECT_LE(policy.pause(1, random), policy.pauses.front());
  EXPECT_GE(policy.pause(99, random), policy.pauses.back() / 4 * 3);
}

// --- Another rule in their place ---------------------------------------------------------------

Policies other_rules() {
  Policies policies;
  policies.reconnect.attempts_before_a_call = 2;
  policies.reconnect.first_patience = Duration::seconds(1);
  policies.recovery.when_it_never_worked = {Step::NewLink, Step::NewLink, Step::NewLink,
                                            Step::RestartIce};
  return policies;
}

Call open_call(const CallOptions& options) {
  Call call(options);
  call.handle(input::Open{RoomId("demo"), false, false, {}, {}, {}}, Timestamp());
  while (call.poll()) continue;
  return call;
}

TEST(Policies, OfACallAreThoseOfItsOptions) {
  const CallOptions standard{1, ClientName("test")};
  const CallOptions changed{1, ClientName("test"), other_rules()};
  const auto server_timeout = [](const Call& call) {
    const auto next = call.next_timeout();
    return next && next->reason == TimeoutReason::Server ? next->at.count_microseconds() : -1;
  };
  EXPECT_EQ(server_timeout(open_call(standard)), 4'000'000);
  EXPECT_EQ(server_timeout(open_call(changed)), 1'000'000);
}

TEST(Policies, OutliveASnapshot) {
  auto before = open_call({1, ClientName("test"), other_rules()});
  const auto snapshot = from_json<Call>(to_json(before));
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(to_json(*snapshot), to_json(before));
}

TEST(Policies, AreReadBackFromAJournalAsTheyWere) {
  const auto read = from_json<Policies>(to_json(other_rules()));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(other_rules()));
}

TEST(Policies, OfTheStandardKindTakeNoPlaceInAJournal) {
  EXPECT_EQ(to_json(CallOptions{1, ClientName("test")}), R"({"seed":1,"client":"test"})");
}

}  // namespace
}  // namespace parley
