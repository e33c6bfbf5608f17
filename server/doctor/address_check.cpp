#include <algorithm>

#include "server/doctor/checks.h"

namespace parley {
namespace {

std::string list(const std::vector<turn::RelayAddress>& relays) {
  std::string text;
  for (const auto& each : relays) {
    text += (text.empty() ? "" : ", ") + to_string(each.announced);
    if (!(each.local == each.announced)) text += " (here " + to_string(each.local) + ")";
  }
  return text;
}

Finding about_addresses(Grade verdict, std::string text, std::string remedy = {}) {
  return {verdict, "addresses", std::move(text), std::move(remedy)};
}

}  // namespace

Findings check_addresses(const ServerOptions& options,
                         const std::vector<turn::RelayAddress>& relays) {
  const auto listening = IpAddress::parse(options.host == "localhost" ? "127.0.0.1" : options.host);
  if (listening && scope_of(*listening) == AddressScope::Loopback) {
    return {about_addresses(Grade::Note,
                            "Only this machine reaches " + options.host +
                                ", directly or by a proxy; the relay reaches nobody.",
                            "For others: --host :: with --tls-cert and --tls-key.")};
  }
  if (options.relay.turn == OwnTurn::Off) {
    if (!options.turn.servers.empty())
      return {about_addresses(Grade::Good, "Relays are elsewhere.")};
    return {about_addresses(Grade::Problem,
                            "There is no relay: people behind strict firewalls will not be heard.",
                            "Take away --turn off, or name a relay with --turn-server.")};
  }
  if (relays.empty()) {
    return {about_addresses(Grade::Problem,
                            "This machine has no way out, so that the relay has no address.",
                            "Give the one that others know it by with --external-ip.")};
  }
  const bool reaches_world = std::ranges::any_of(
      relays, [](const auto& each) { return scope_of(each.announced) == AddressScope::Global; });
  if (reaches_world)
    return {about_addresses(Grade::Good, "Relays are announced as " + list(relays) + ".")};
  const auto& inner = relays.front().local;
  return {about_addresses(
      Grade::Problem,
      "Relays are announced as " + list(relays) +
          ", which nobody outside of this network can reach.",
      "Find the public address (your provider shows it) and give it with "
      "--external-ip PUBLIC/" +
          to_string(inner) + "; open UDP " + std::to_string(options.relay.ports.first) + "-" +
          std::to_string(options.relay.ports.last) + " and port " + std::to_string(options.port) +
          " (TCP and UDP) to it. In a network of its "
          "own, leave it as it is.")};
}

}  // namespace parley
