// parley-simulation [FIRST_SEED [COUNT]]: runs COUNT simulated calls and stops at the first that
// does not end well, with its seed and the shortest script that still fails. parley-simulation
// --journals FOLDER COUNT: writes the journals of COUNT calls, for other builds of the core to
// replay.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "tests/simulation/playback.h"

namespace {

namespace simulation = parley::simulation;

// One call in this many is recorded and replayed, too; recording costs several times the call
// itself.
constexpr std::uint64_t recorded_every = 50;

int simulate(std::uint64_t first, std::uint64_t count) {
  const auto began = std::chrono::steady_clock::now();
  std::size_t events = 0;
  std::size_t journals = 0;
  std::int64_t call_seconds = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto scenario = simulation::draw_scenario(seed);
    const auto report = simulation::run(scenario, seed % recorded_every == 0);
    events += report.events;
    journals += report.journals.size();
    call_seconds += report.ended.count_microseconds() / 1'000'000;
    if (!report.failure) continue;
    const auto shortest = simulation::shrink(scenario);
    std::printf("failed: %s\n%sthe shortest script that fails: %s\n%s", report.failure->c_str(),
                simulation::describe(scenario).c_str(),
                simulation::run(shortest).failure.value_or("only when recorded").c_str(),
                simulation::describe(shortest).c_str());
    return 1;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  std::printf(
      "%llu calls, %zu events, %lld hours of call time, %zu journals replayed, in %.1f s: all "
      "agree\n",
      static_cast<unsigned long long>(count), events, static_cast<long long>(call_seconds / 3600),
      journals, seconds.count());
  return 0;
}

int write_journals(const std::filesystem::path& folder, std::uint64_t count) {
  std::filesystem::create_directories(folder);
  std::size_t written = 0;
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    const auto report = simulation::run(simulation::draw_scenario(seed), true);
    for (const auto& journal : report.journals) {
      std::ofstream(folder / (std::to_string(++written) + ".jsonl"), std::ios::binary) << journal;
    }
  }
  std::printf("%zu journals\n", written);
  return 0;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto number = [&](int index, std::uint64_t otherwise) {
    return index < argument_count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
  };
  if (argument_count > 2 && std::string_view(arguments[1]) == "--journals") {
    return write_journals(arguments[2], number(3, 100));
  }
  return simulate(number(1, 1), number(2, 10'000));
}
