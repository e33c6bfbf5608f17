#include "core/call/remote_candidates.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

Candidate of(const std::string& generation, const std::string& text = "candidate:1") {
  return {CandidateText(text), Fragment("0"), std::uint16_t{0}, Fragment(generation)};
}
Sdp sdp(const std::string& generation) { return Sdp("v=0\r\na=ice-ufrag:" + generation + "\r\n"); }

TEST(RemoteCandidates, WaitForTheirDescription) {
  RemoteCandidates candidates;
  EXPECT_TRUE(candidates.arrived(of("one")).empty());
  EXPECT_EQ(candidates.description_set(sdp("one")).size(), 1u);
  EXPECT_EQ(candidates.arrived(of("one")).size(), 1u);
}

TEST(RemoteCandidates, OfANextGenerationWaitWhileThePresentOneIsStillBeingAnswered) {
  RemoteCandidates candidates;
  candidates.description_set(sdp("one"));
  EXPECT_TRUE(candidates.arrived(of("two")).empty());
  EXPECT_TRUE(candidates.description_set(sdp("one")).empty());
  EXPECT_EQ(candidates.description_set(sdp("two")).size(), 1u);
}

TEST(RemoteCandidates, OfAPastGenerationAreDropped) {
  RemoteCandidates candidates;
  candidates.description_set(sdp("one"));
  candidates.description_set(sdp("two"));
  EXPECT_TRUE(candidates.arrived(of("one")).empty());
  EXPECT_TRUE(candidates.take_waiting().empty());
}

TEST(RemoteCandidates, WithoutAFragmentCountForTheDescriptionThatIsSet) {
  RemoteCandidates candidates;
  candidates.description_set(sdp("one"));
  auto candidate = of("one");
  candidate.username_fragment.reset();
  EXPECT_EQ(candidates.arrived(candidate).size(), 1u);
}

TEST(RemoteCandidates, AreBoundedAndTheOldestGoesFirst) {
  RemoteCandidates candidates;
  for (std::size_t index = 0; index <= RemoteCandidates::max_waiting; ++index) {
    candidates.arrived(of("one", std::to_string(index)));
  }
  const auto waiting = candidates.take_waiting();
  ASSERT_EQ(waiting.size(), RemoteCandidates::max_waiting);
  EXPECT_EQ(waiting.front().candidate.value(), "1");
}

TEST(IceFragment, IsReadFromAnyDescription) {
  EXPECT_EQ(ice_fragment("v=0\r\na=ice-ufrag:aB+/\r\na=x")->value(), "aB+/");
  EXPECT_FALSE(ice_fragment("v=0\r\n"));
  EXPECT_FALSE(ice_fragment("a=ice-ufrag:\r\n"));
  EXPECT_FALSE(ice_fragment("a=ice-ufrag:" + std::string(257, 'x')));
}

}  // namespace
}  // namespace parley
