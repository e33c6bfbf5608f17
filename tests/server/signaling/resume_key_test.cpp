#include "server/signaling/resume_key.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

TEST(ResumeKey, IsTheSameAfterARestart) {
  const TemporaryFolder folder;
  const auto first = keep_resume_key(folder.path() / "new/state");
  ASSERT_TRUE(first) << first.error();
  EXPECT_EQ(first->bytes.size(), ResumeKey::size);
  const auto second = keep_resume_key(folder.path() / "new/state");
  ASSERT_TRUE(second) << second.error();
  EXPECT_EQ(first->bytes, second->bytes);
}

TEST(ResumeKey, IsForItsOwnerAlone) {
  const TemporaryFolder folder;
  ASSERT_TRUE(keep_resume_key(folder.path()));
  EXPECT_EQ(fs::status(folder.path() / "resume.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(ResumeKey, SaysWhatIsWrongWithItsFile) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "resume.key") << "short";
  const auto kept = keep_resume_key(folder.path());
  ASSERT_FALSE(kept);
  EXPECT_NE(kept.error().find("resume.key is not a key"), std::string::npos) << kept.error();
}

TEST(ResumeKey, SaysWhereItCannotBeKept) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "";
  const auto kept = keep_resume_key(folder.path() / "file/state");
  ASSERT_FALSE(kept);
  EXPECT_NE(kept.error().find("cannot be made"), std::string::npos) << kept.error();
}

}  // namespace
}  // namespace parley::testing
