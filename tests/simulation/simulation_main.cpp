// parley-simulation [FIRST_SEED [COUNT]]: runs COUNT simulated calls and stops at the first that
// does not end well, with its seed and the shortest script that still fails.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/simulation/scenario.h"

namespace simulation = parley::simulation;

int main(int argument_count, char** arguments) {
  const auto number = [&](int index, std::uint64_t otherwise) {
    return index < argument_count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
  };
  const std::uint64_t first = number(1, 1);
  const std::uint64_t count = number(2, 10'000);
  const auto began = std::chrono::steady_clock::now();
  std::size_t events = 0;
  std::int64_t call_seconds = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto scenario = simulation::draw_scenario(seed);
    const auto report = simulation::run(scenario);
    events += report.events;
    call_seconds += report.ended.count_microseconds() / 1'000'000;
    if (!report.failure) continue;
    const auto shortest = simulation::shrink(scenario);
    std::printf("failed: %s\n%sshrunk: %s\n%s", report.failure->c_str(),
                simulation::describe(scenario).c_str(), simulation::run(shortest).failure->c_str(),
                simulation::describe(shortest).c_str());
    return 1;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  std::printf("%llu calls, %zu events, %lld hours of call time in %.1f s: all agree\n",
              static_cast<unsigned long long>(count), events,
              static_cast<long long>(call_seconds / 3600), seconds.count());
  return 0;
}
