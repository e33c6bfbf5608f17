#include "server/options/state_dir.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace parley {
namespace {

class StateDirTest : public ::testing::Test {
 protected:
  StateDirTest() {
    for (const char* name : {"STATE_DIRECTORY", "XDG_STATE_HOME", "HOME"}) unsetenv(name);
  }
};

TEST_F(StateDirTest, FollowsSystemdThenXdgThenHome) {
  setenv("HOME", "/users/ana", 1);
  EXPECT_EQ(default_state_dir(), "/users/ana/.local/state/parley");
  setenv("XDG_STATE_HOME", "/state", 1);
  EXPECT_EQ(default_state_dir(), "/state/parley");
  setenv("STATE_DIRECTORY", "/var/lib/parley:/var/lib/other", 1);
  EXPECT_EQ(default_state_dir(), "/var/lib/parley");
}

TEST_F(StateDirTest, IsNoneWhereThereIsNoHome) { EXPECT_TRUE(default_state_dir().empty()); }

}  // namespace
}  // namespace parley
