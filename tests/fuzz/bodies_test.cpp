// The seeds, through the bodies of the fuzz targets, in every build.
#include "tests/fuzz/bodies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/fuzz/start_states.h"

namespace parley::fuzz {
namespace {

namespace fs = std::filesystem;

// Calls `body` with every seed of `target`, whole and cut off at every line.
template <class Body>
void run_seeds(const std::string& target, Body body) {
  std::size_t seeds = 0;
  for (const auto& entry : fs::directory_iterator(PARLEY_FUZZ_SEEDS "/" + target)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    for (auto end = bytes.find('\n'); end != std::string::npos; end = bytes.find('\n', end + 1)) {
      body(std::string_view(bytes).substr(0, end));
    }
    body(bytes);
    ++seeds;
  }
  EXPECT_GT(seeds, 0u);
}

TEST(FuzzBodies, CodecTakesItsSeeds) { run_seeds("codec", codec); }
TEST(FuzzBodies, RoomTakesItsSeeds) { run_seeds("room", room); }
TEST(FuzzBodies, CallTakesItsSeeds) { run_seeds("call", call); }
TEST(FuzzBodies, StunTakesItsSeeds) { run_seeds("stun", stun); }
TEST(FuzzBodies, TokenTakesItsSeeds) { run_seeds("token", token); }
TEST(FuzzBodies, TurnTakesItsSeeds) { run_seeds("turn", turn); }

TEST(FuzzBodies, HttpTakesItsSeeds) { run_seeds("http", http); }
TEST(FuzzBodies, ConfigTakesItsSeeds) { run_seeds("config", config); }

TEST(FuzzBodies, CallsBeginInEveryStateThatAPersonSees) {
  for (const auto state :
       {CallState::Idle, CallState::Joining, CallState::Waiting, CallState::Connecting,
        CallState::Connected, CallState::Reconnecting, CallState::Ended}) {
    EXPECT_TRUE(std::ranges::any_of(start_states(), [&](const StartState& start) {
      return start.call.view().state == state;
    })) << name_of(state);
  }
}

}  // namespace
}  // namespace parley::fuzz
