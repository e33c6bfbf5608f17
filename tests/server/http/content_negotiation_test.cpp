#include "server/http/content_negotiation.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::array all{ContentCoding::Brotli, ContentCoding::Gzip, ContentCoding::Identity};
constexpr std::array identity_only{ContentCoding::Identity};

struct Case {
  const char* accept_encoding;
  std::optional<ContentCoding> chosen;
};

class ChooseCoding : public ::testing::TestWithParam<Case> {};

TEST_P(ChooseCoding, FollowsTheWeights) {
  EXPECT_EQ(choose_coding(GetParam().accept_encoding, all), GetParam().chosen)
      << GetParam().accept_encoding;
}

INSTANTIATE_TEST_SUITE_P(
    ContentNegotiation, ChooseCoding,
    ::testing::Values(
        Case{"gzip, deflate, br", ContentCoding::Brotli}, Case{"gzip", ContentCoding::Gzip},
        Case{"x-gzip", ContentCoding::Gzip}, Case{"GZIP", ContentCoding::Gzip},
        Case{"br;q=0.5, gzip;q=0.8", ContentCoding::Gzip},
        Case{"br ; q=0.801 , gzip;q=0.8", ContentCoding::Brotli},
        Case{"br;q=0, gzip;q=0", ContentCoding::Identity}, Case{"br;q=0, *", ContentCoding::Gzip},
        Case{"*", ContentCoding::Brotli}, Case{"identity", ContentCoding::Identity},
        Case{"gzip;q=0.1, identity;q=0.9", ContentCoding::Identity},
        Case{"deflate", ContentCoding::Identity}, Case{"", ContentCoding::Identity},
        Case{"br;q=nonsense", ContentCoding::Identity}, Case{"br;q=1.5, gzip", ContentCoding::Gzip},
        Case{"identity;q=0", std::nullopt}, Case{"*;q=0", std::nullopt}));

TEST(ContentNegotiation, GivesTheIdentityToWhoDoesNotAsk) {
  EXPECT_EQ(choose_coding(std::nullopt, all), ContentCoding::Identity);
  EXPECT_EQ(choose_coding("br, gzip", identity_only), ContentCoding::Identity);
}

TEST(MatchesEtag, LooksThroughTheList) {
  EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("\"b\" , W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("*", "\"a\""));
  EXPECT_FALSE(matches_etag("\"b\"", "\"a\""));
  EXPECT_FALSE(matches_etag("\"a-br\"", "\"a\""));
  EXPECT_FALSE(matches_etag("", "\"a\""));
}

}  // namespace
}  // namespace parley
