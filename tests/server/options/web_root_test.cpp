#include "server/options/web_root.h"

#include <gtest/gtest.h>

#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

TEST(WebRoot, IsFoundWhereTheProgramWasBuiltOrInstalled) {
  const TemporaryFolder folder;
  const auto installed = folder.write("share/parley/web/index.html", "").parent_path();
  EXPECT_EQ(default_web_root(folder.path() / "bin/parley"), installed);
  const auto built = folder.write("build/web/index.html", "").parent_path();
  EXPECT_EQ(default_web_root(folder.path() / "build/native/server/parley"), built);
}

TEST(WebRoot, IsNamedEvenWhenThereIsNone) {
  const TemporaryFolder folder;
  const auto prefix = folder.path() / "opt/parley";
  EXPECT_EQ(default_web_root(prefix / "bin/parley"), prefix / "share/parley/web");
}

}  // namespace
}  // namespace parley::testing
