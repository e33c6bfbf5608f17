#include "server/options/arguments/turn.h"

#include "server/options/arguments/declare.h"
#include "server/options/ice_url.h"
#include "server/options/network_list.h"
#include "server/options/relay_options.h"
#include "server/options/turn_secret.h"

namespace parley {
namespace {

// A connection takes some seconds to find its path, and renewed credentials some to arrive.
constexpr std::chrono::seconds shortest_turn_ttl{10};
// Credentials that last for longer are passwords.
constexpr std::chrono::seconds longest_turn_ttl = std::chrono::hours(7 * 24);

// 34 Gbit/s: its bytes fit the 32 bits of a Rate.
constexpr int most_kilobits_per_second = 34'000'000;

std::string check_turn_url(const std::string& url) {
  if (is_turn_url(url)) return {};
  return "\"" + url + "\" is not a TURN address such as turn:turn.example.org:3478?transport=udp";
}

std::string check_external_ip(const std::string& text) {
  if (parse_external_address(text)) return {};
  return "\"" + text + "\" is not an address such as 203.0.113.5 or 203.0.113.5/10.0.0.5";
}

std::string check_port_range(const std::string& text) {
  if (parse_port_range(text)) return {};
  return "\"" + text + "\" is not a range of ports such as 49152-65535";
}

}  // namespace

void TurnArguments::declare(CLI::App& app, ServerOptions& options) {
  declare_servers(app, options.turn);
  declare_own(app, options.relay);
}

void TurnArguments::declare_servers(CLI::App& app, TurnOptions& options) {
  auto* const turn_server =
      parley::declare(
          app, "turn-server", options.servers,
          "TURN server, turn:HOST:PORT or turns:HOST:PORT, with ?transport=udp or tcp at the\n"
          "end where it matters; may be given several times")
          ->check(check_turn_url)
          ->delimiter(',')
          ->expected(1, static_cast<int>(limits::ice_server_urls));
  auto* const turn_secret_file = parley::declare(
      app, "turn-secret-file", secret_file_,
      "file with the secret shared with the TURN servers (coturn: static-auth-secret);\n"
      "this server's own TURN takes it, too");
  turn_server->needs(turn_secret_file);
  parley::declare(
      app, "turn-ttl", ttl_seconds_,
      "seconds for which a participant's TURN credentials are good; they are renewed in time")
      ->check(CLI::Range(shortest_turn_ttl.count(), longest_turn_ttl.count()));
}

void TurnArguments::declare_own(CLI::App& app, RelayOptions& options) {
  parley::declare(app, "turn", turn_, "this server's own STUN and TURN on its port, on or off")
      ->check(CLI::IsMember({"on", "off"}));
  parley::declare(
      app, "external-ip", external_ips_,
      "address that the world knows this machine by, where it is another than the one listened\n"
      "on; behind a NAT OUTER or OUTER/INNER; may be given several times")
      ->check(check_external_ip)
      ->delimiter(',')
      ->expected(1, 16);
  parley::declare(app, "turn-ports", ports_, "UDP ports of relays, FIRST-LAST")
      ->check(check_port_range);
  parley::declare(
      app, "turn-allow-peer", allowed_peers_,
      "network that clients may reach through the relay though its addresses are not public,\n"
      "such as 192.168.0.0/16, but for this machine's ports of --turn-ports; may be given several\n"
      "times")
      ->check(check_network)
      ->delimiter(',')
      ->expected(1, 64);
  parley::declare(app, "turn-allocations", options.allocations, "most relays at a time")
      ->check(CLI::Range(1, 1'000'000));
  parley::declare(app, "turn-allocations-per-user", options.allocations_per_user,
                  "most relays of one participant")
      ->check(CLI::Range(1, 1'000'000));
  parley::declare(app, "turn-bandwidth", kilobits_per_second_,
                  "most kbit/s of a relay in each direction; 0: no limit")
      ->check(CLI::Range(0, most_kilobits_per_second));
}

std::optional<std::string> TurnArguments::apply_to(ServerOptions& options) const {
  RelayOptions& relay = options.relay;
  relay.turn = turn_ == "on" ? OwnTurn::On : OwnTurn::Off;
  for (const auto& each : external_ips_) relay.external.push_back(*parse_external_address(each));
  relay.ports = *parse_port_range(ports_);
  relay.allowed_peers = networks(allowed_peers_);
  relay.bits_per_second = kilobits_per_second_ * 1000;
  options.turn.ttl = std::chrono::seconds(ttl_seconds_);
  if (secret_file_.empty()) return std::nullopt;
  auto secret = read_turn_secret(secret_file_);
  if (!secret) return secret.error();
  options.turn.secret = std::move(*secret);
  return std::nullopt;
}

}  // namespace parley
