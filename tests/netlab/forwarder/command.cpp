#include "tests/netlab/forwarder/command.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <variant>

#include "core/base/result.h"

namespace parley::netlab {
namespace {

struct Error {
  std::string reason;
};

using Words = std::vector<std::string>;

Words split(std::string_view line) {
  std::istringstream stream{std::string(line)};
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// Longer delays, higher rates are slips of the pen.
constexpr double longest_milliseconds = 60'000;
constexpr double highest_kilobits = 10'000'000;

std::optional<double> number(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (!is_whole || !(value >= 0 && value <= most)) return std::nullopt;
  return value;
}

Duration milliseconds(double count) { return Duration::microseconds(std::llround(count * 1'000)); }

// Changes what KEY=VALUE names; false when it makes no sense.
bool change(Conditions& conditions, std::string_view setting) {
  const auto equals = setting.find('=');
  if (equals == std::string_view::npos) return false;
  const auto key = setting.substr(0, equals);
  const auto text = setting.substr(equals + 1);
  if (key == "open") {
    conditions.is_open = text == "yes";
    return text == "yes" || text == "no";
  }
  if (key == "delay" || key == "jitter") {
    const auto value = number(text, longest_milliseconds);
    (key == "delay" ? conditions.delay : conditions.jitter) = milliseconds(value.value_or(0));
    return value.has_value();
  }
  if (key == "loss") {
    const auto value = number(text, 100);
    conditions.lost_per_million = static_cast<std::uint32_t>(value.value_or(0) * 10'000);
    return value.has_value();
  }
  if (key == "rate") {
    const auto value = number(text, highest_kilobits);
    conditions.bits_per_second = static_cast<std::uint64_t>(value.value_or(0) * 1'000);
    return value.has_value();
  }
  return false;
}

std::vector<Direction> directions(std::string_view word) {
  if (word == "up") return {Direction::Up};
  if (word == "down") return {Direction::Down};
  if (word == "both") return {Direction::Up, Direction::Down};
  return {};
}

Result<LinkIndex, Error> link_named(const Network& network, const std::string& name) {
  if (const auto link = network.find(name)) return *link;
  return Error{"there is no link \"" + name + "\""};
}

std::string refuse(const std::string& reason) { return "error " + reason; }

std::string set_link(Network& network, const Words& words) {
  if (words.size() < 4) return refuse("link takes NAME up|down|both KEY=VALUE …");
  const auto link = link_named(network, words[1]);
  if (!link) return refuse(link.error().reason);
  const auto chosen = directions(words[2]);
  if (chosen.empty()) return refuse("\"" + words[2] + "\" is not up, down or both");
  std::vector<Conditions> changed;
  for (const auto direction : chosen) {
    auto& conditions = changed.emplace_back(network.channel(*link, direction).conditions());
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (!change(conditions, words[i])) return refuse("\"" + words[i] + "\" makes no sense");
    }
  }
  for (std::size_t i = 0; i < chosen.size(); ++i) network.set(*link, chosen[i], changed[i]);
  return "ok";
}

std::string set_block(Network& network, const Words& words) {
  if (words.size() != 3) return refuse(words[0] + " takes FROM TO");
  const auto from = link_named(network, words[1]);
  if (!from) return refuse(from.error().reason);
  const auto to = link_named(network, words[2]);
  if (!to) return refuse(to.error().reason);
  if (words[0] == "block") {
    network.block(*from, *to);
  } else {
    network.unblock(*from, *to);
  }
  return "ok";
}

nlohmann::json json_of(const Counters& counters) {
  return {{"delivered", counters.delivered},
          {"lost", counters.lost},
          {"refused", counters.refused},
          {"overflown", counters.overflown}};
}

std::string count(const Network& network) {
  nlohmann::json links = nlohmann::json::object();
  for (LinkIndex link = 0; link < network.size(); ++link) {
    links[network.name(link)] = {
        {"up", json_of(network.channel(link, Direction::Up).counters())},
        {"down", json_of(network.channel(link, Direction::Down).counters())}};
  }
  return nlohmann::json{
      {"links", links}, {"unrouted", network.unrouted()}, {"blocked", network.blocked()}}
      .dump();
}

}  // namespace

std::string run_command(Network& network, std::string_view line) {
  const auto words = split(line);
  if (words.empty()) return refuse("an empty line");
  if (words[0] == "link") return set_link(network, words);
  if (words[0] == "block" || words[0] == "unblock") return set_block(network, words);
  if (words[0] == "counters" && words.size() == 1) return count(network);
  return refuse("there is no command \"" + words[0] + "\"");
}

}  // namespace parley::netlab
