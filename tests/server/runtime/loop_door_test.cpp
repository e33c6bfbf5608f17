#include "server/runtime/loop_door.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace parley {
namespace {

TEST(LoopDoor, LetsAnotherThreadIn) {
  asio::io_context context;
  LoopDoor door(context);
  std::thread::id ran;
  std::thread([&] { door.post([&] { ran = std::this_thread::get_id(); }); }).join();
  context.run();
  EXPECT_EQ(ran, std::this_thread::get_id());
}

TEST(LoopDoor, IsStillThereWhenTheLoopHasGone) {
  auto context = std::make_unique<asio::io_context>();
  LoopDoor door(*context);
  door.close();
  context.reset();
  bool has_run = false;
  std::thread([&] { door.post([&] { has_run = true; }); }).join();
  EXPECT_FALSE(has_run);
}

}  // namespace
}  // namespace parley
