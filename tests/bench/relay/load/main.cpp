// Loads a signaling relay on this machine and prints what it cost, as one line of JSON.
//
//   relay_load --dialect parley --port 8080 --server 1234 traffic --rate 5000 --seconds 10
//   relay_load --dialect parley --port 8080 --server 1234 idle

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "load/crowd.h"
#include "load/dialect.h"
#include "load/process_cost.h"
#include "load/traffic.h"

namespace {

using bench::Clock;

struct Options {
  std::string dialect;
  bench::Target target;
  pid_t server = 0;
  std::size_t rooms = 1000;
  std::size_t message_bytes = 1200;
  double rate = 0;  // 0: saturation
  int seconds = 10;
};

bench::TrafficResult run_traffic(bench::Traffic& traffic, double rate, int seconds) {
  const std::chrono::seconds duration(seconds);
  return rate > 0 ? traffic.at_rate(rate, duration) : traffic.at_saturation(duration);
}

nlohmann::json measure_traffic(const Options& options) {
  const auto dialect = bench::make_dialect(options.dialect);
  bench::Crowd crowd(*dialect, options.target, options.rooms);
  bench::Traffic traffic(*dialect, crowd, options.message_bytes);
  // Caches, buffers and V8's compilers warm up first.
  run_traffic(traffic, options.rate, 2);
  const auto before_ns = bench::processor_time_ns(options.server);
  const auto result = run_traffic(traffic, options.rate, options.seconds);
  const auto spent_ns = bench::processor_time_ns(options.server) - before_ns;
  const auto relayed = static_cast<double>(result.received);
  return {{"sent", result.sent},
          {"received", result.received},
          {"perSecond", relayed / result.seconds},
          {"cpuMicroseconds", static_cast<double>(spent_ns) / 1000 / relayed},
          {"p50Microseconds", result.latency_us(0.5)},
          {"p99Microseconds", result.latency_us(0.99)},
          {"maxMicroseconds", result.latency_us(1)}};
}

nlohmann::json measure_idle(const Options& options) {
  const auto dialect = bench::make_dialect(options.dialect);
  const auto before_kib = bench::resident_kib(options.server);
  bench::Crowd crowd(*dialect, options.target, options.rooms);
  // Garbage of the connecting is collected meanwhile, and heartbeats are answered.
  const auto end = Clock::now() + std::chrono::seconds(options.seconds);
  while (Clock::now() < end) crowd.serve_until(end, [](auto&, auto) {});
  const auto kib = bench::resident_kib(options.server) - before_kib;
  const auto connections = 2 * options.rooms;
  return {{"connections", connections},
          {"kibPerConnection", static_cast<double>(kib) / static_cast<double>(connections)}};
}

}  // namespace

int main(int argc, char** argv) try {
  Options options;
  CLI::App app("Loads a signaling relay and prints what it cost");
  app.add_option("--dialect", options.dialect, "parley, socket.io, ws or bare")->required();
  app.add_option("--port", options.target.port, "of the server, on loopback")->required();
  app.add_option("--server", options.server, "its process id")->required();
  app.add_option("--rooms", options.rooms, "rooms of two")->capture_default_str();
  app.add_option("--seconds", options.seconds, "to measure for")->capture_default_str();
  app.add_flag_callback(
      "--tls", [&options] { options.target.encryption = bench::Encryption::Tls; }, "over TLS");
  app.require_subcommand(1);
  auto* traffic = app.add_subcommand("traffic", "messages between the two of each room");
  traffic->add_option("--rate", options.rate, "messages a second; 0: as many as it relays");
  traffic->add_option("--message-bytes", options.message_bytes)->capture_default_str();
  app.add_subcommand("idle", "memory of connections that say nothing");
  app.fallthrough();
  CLI11_PARSE(app, argc, argv);

  // As many descriptors as this process may have: each client takes one.
  rlimit descriptors{};
  getrlimit(RLIMIT_NOFILE, &descriptors);
  descriptors.rlim_cur = descriptors.rlim_max;
  setrlimit(RLIMIT_NOFILE, &descriptors);

  std::cout << (traffic->parsed() ? measure_traffic(options) : measure_idle(options)) << '\n';
} catch (const std::exception& error) {
  std::cerr << "relay_load: " << error.what() << '\n';
  return 1;
}
