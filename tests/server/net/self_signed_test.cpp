#include "server/net/self_signed.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "server/net/machine_names.h"
#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

using Names = std::vector<std::string>;
constexpr auto day = std::chrono::hours(24);

class SelfSignedTest : public ::testing::Test {
 protected:
  std::string kept(const Names& names, Certificate::Clock::time_point at) {
    const auto certificate = keep_self_signed(folder_.path() / "state", names, at);
    EXPECT_TRUE(certificate);
    return certificate ? certificate->fingerprint() : "";
  }

  const Certificate::Clock::time_point now_ = Certificate::Clock::now();
  const TemporaryFolder folder_;
};

TEST_F(SelfSignedTest, IsValidForNoLongerThanBrowsersTake) {
  const auto certificate = keep_self_signed({}, {"localhost"}, now_);
  ASSERT_TRUE(certificate);
  EXPECT_LE(certificate->not_after() - certificate->not_before(), 398 * day);
  EXPECT_LT(certificate->not_before(), now_);
  EXPECT_EQ(validity_warning(*certificate, now_), "");
  EXPECT_TRUE(certificate->is_self_signed());
}

TEST_F(SelfSignedTest, IsKeptForThisUserAlone) {
  const auto first = kept({"localhost"}, now_);
  EXPECT_EQ(kept({"localhost"}, now_ + 300 * day), first);
  const auto file = folder_.path() / "state" / "self-signed.pem";
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms(0600));
}

TEST_F(SelfSignedTest, IsMadeAnewBeforeItEnds) {
  const auto first = kept({"localhost"}, now_);
  EXPECT_NE(kept({"localhost"}, now_ + 367 * day), first);
}

TEST_F(SelfSignedTest, IsMadeAnewForANewNameButNotForOneLess) {
  const auto first = kept({"localhost", "192.0.2.1"}, now_);
  EXPECT_EQ(kept({"localhost"}, now_), first);
  EXPECT_NE(kept({"localhost", "192.0.2.2"}, now_), first);
}

TEST_F(SelfSignedTest, PassesOverWhatIsNoName) {
  const auto first = kept({"localhost", "DNS:evil,IP", "a b"}, now_);
  EXPECT_EQ(kept({"localhost", "DNS:evil,IP", "a b"}, now_), first);
}

TEST_F(SelfSignedTest, SaysWhereItCannotBeKept) {
  const auto file = folder_.write("file", "");
  const auto nowhere = keep_self_signed(file, {"localhost"}, now_);
  ASSERT_FALSE(nowhere);
  EXPECT_NE(nowhere.error().find(file.string()), std::string::npos);
  folder_.write("state/self-signed.pem", "broken");
  const auto broken = keep_self_signed(folder_.path() / "state", {"localhost"}, now_);
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().find("Delete it"), std::string::npos);
}

TEST(MachineNames, AreThoseOfLoopbackAtLeastEachOnce) {
  Names names = machine_names();
  for (const char* name : {"localhost", "127.0.0.1", "::1"}) {
    EXPECT_EQ(std::ranges::count(names, name), 1) << name;
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace parley::testing
