// The program `parley-netlab-forwarder`: carries packets between TUN devices, each in a namespace
// of its own, over links that delay and lose them.
//
//     parley-netlab-forwarder SEED NAME=NETNS:DEVICE:PREFIX …
//
// PREFIX: the addresses that the link leads to, such as 10.0.1.0/24. It says "ready" once the
// devices are there, then answers each line on standard input (command.h) with one line. It ends,
// and the devices with it, when standard input does.
#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <ctime>
#include <iostream>
#include <string>
#include <system_error>
#include <vector>

#include "tests/netlab/forwarder/command.h"
#include "tests/netlab/forwarder/network.h"
#include "tests/netlab/forwarder/tun_device.h"

namespace parley::netlab {
namespace {

constexpr int bad_arguments = 2;
constexpr int cannot_start = 1;

struct LinkArgument {
  LinkPlan plan;
  std::string netns;
  std::string device;
};

std::optional<LinkArgument> parse_link(const std::string& text) {
  const auto equals = text.find('=');
  const auto colon = text.find(':', equals == std::string::npos ? 0 : equals);
  const auto second = colon == std::string::npos ? colon : text.find(':', colon + 1);
  if (equals == std::string::npos || second == std::string::npos) return std::nullopt;
  const auto prefix = Prefix::parse(std::string_view(text).substr(second + 1));
  if (!prefix) return std::nullopt;
  return LinkArgument{{text.substr(0, equals), *prefix},
                      text.substr(equals + 1, colon - equals - 1),
                      text.substr(colon + 1, second - colon - 1)};
}

std::optional<std::uint64_t> parse_seed(std::string_view text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seed;
}

Timestamp now() {
  const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
  return Timestamp::from_microseconds(
      std::chrono::duration_cast<std::chrono::microseconds>(since_boot).count());
}

// Reads what is there of standard input and answers its whole lines; false at its end.
bool answer_commands(Network& network, std::string& unfinished) {
  char buffer[4096];
  const auto length = ::read(STDIN_FILENO, buffer, sizeof buffer);
  if (length <= 0) return false;
  unfinished.append(buffer, static_cast<std::size_t>(length));
  for (auto end = unfinished.find('\n'); end != std::string::npos; end = unfinished.find('\n')) {
    std::cout << run_command(network, std::string_view(unfinished).substr(0, end)) << std::endl;
    unfinished.erase(0, end + 1);
  }
  return true;
}

timespec until(const std::optional<Timestamp>& due) {
  constexpr std::int64_t microseconds_of_a_second = 1'000'000;
  const auto wait = due ? std::max(Duration(), *due - now()) : Duration::seconds(1);
  return {wait.count_microseconds() / microseconds_of_a_second,
          wait.count_microseconds() % microseconds_of_a_second * 1'000};
}

void forward(Network& network, std::vector<TunDevice>& devices) {
  std::string unfinished;
  for (;;) {
    std::vector<pollfd> waited{{STDIN_FILENO, POLLIN, 0}};
    for (const auto& device : devices) waited.push_back({device.descriptor(), POLLIN, 0});
    const auto wait = until(network.next_due());
    if (ppoll(waited.data(), waited.size(), &wait, nullptr) < 0) return;
    if (waited[0].revents != 0 && !answer_commands(network, unfinished)) return;
    for (LinkIndex link = 0; link < devices.size(); ++link) {
      if (waited[link + 1].revents == 0) continue;
      while (auto packet = devices[link].read()) {
        network.received(link, std::move(*packet), now());
      }
    }
    while (const auto delivery = network.take_due(now())) {
      devices[delivery->link].write(delivery->packet);
    }
  }
}

int run(const std::vector<std::string>& arguments) {
  std::vector<LinkPlan> plan;
  std::vector<TunDevice> devices;
  const auto seed = arguments.empty() ? std::nullopt : parse_seed(arguments[0]);
  if (!seed || arguments.size() < 2) {
    std::cerr << "parley-netlab-forwarder SEED NAME=NETNS:DEVICE:PREFIX …\n";
    return bad_arguments;
  }
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const auto link = parse_link(arguments[i]);
    if (!link) {
      std::cerr << "\"" << arguments[i] << "\" is not NAME=NETNS:DEVICE:PREFIX\n";
      return bad_arguments;
    }
    plan.push_back(link->plan);
    devices.emplace_back(link->netns, link->device);
  }
  Network network(plan, *seed);
  std::cout << "ready" << std::endl;
  forward(network, devices);
  return 0;
}

}  // namespace
}  // namespace parley::netlab

int main(int argc, char** argv) {
  try {
    return parley::netlab::run({argv + 1, argv + argc});
  } catch (const std::system_error& error) {
    std::cerr << error.what() << "\n";
    return parley::netlab::cannot_start;
  }
}
