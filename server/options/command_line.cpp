#include "server/options/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "core/signaling/types.h"
#include "server/options/ice_url.h"
#include "server/options/relay_options.h"
#include "server/options/sample_config.h"
#include "server/options/state_dir.h"
#include "server/options/suggestion.h"
#include "server/options/token_options.h"
#include "server/options/turn_secret.h"

namespace parley {
namespace {

constexpr int bad_options = 2;

// A connection takes some seconds to find its path, and renewed credentials some to arrive.
constexpr std::chrono::seconds shortest_turn_ttl{10};
// Credentials that last for longer are passwords.
constexpr std::chrono::seconds longest_turn_ttl = std::chrono::hours(7 * 24);

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

// TOML of which every key must be an option, so that a slip of the pen is not silently a default.
class StrictToml : public CLI::ConfigTOML {
 public:
  explicit StrictToml(const CLI::App& app) : app_(app) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    auto items = CLI::ConfigTOML::from_config(input);
    const auto known = long_names(app_);
    for (const auto& item : items) {
      const std::string key = item.fullname();
      if (std::ranges::find(known, key) != known.end()) continue;
      throw CLI::ConfigError("the configuration file has an unknown key \"" + key +
                             "\"; did you mean \"" + std::string(nearest(key, known)) + "\"?");
    }
    // CLI11 itself would let the file beat the environment.
    std::erase_if(items, [this](const CLI::ConfigItem& item) {
      return std::getenv(app_.get_option("--" + item.name)->get_envname().c_str()) != nullptr;
    });
    return items;
  }

 private:
  const CLI::App& app_;
};

std::string environment_name(std::string option) {
  std::ranges::replace(option, '-', '_');
  std::ranges::transform(option, option.begin(), [](unsigned char c) { return std::toupper(c); });
  return "PARLEY_" + option;
}

template <class T>
CLI::Option* declare(CLI::App& app, const std::string& name, T& target, const std::string& help) {
  return app.add_option("--" + name, target, help)
      ->envname(environment_name(name))
      ->capture_default_str();
}

std::string check_stun_url(const std::string& url) {
  if (is_stun_url(url)) return {};
  return "\"" + url + "\" is not a STUN address such as stun:stun.example.org:3478";
}

std::string check_server_url(const std::string& url) {
  const std::string_view rest(
      url.begin() + static_cast<std::ptrdiff_t>(std::min(url.size(), url.find("://") + 3)),
      url.end());
  const bool has_scheme = url.starts_with("http://") || url.starts_with("https://");
  const bool has_host = !rest.empty() && rest.front() != '/' && rest.front() != ':';
  const bool is_plain = rest.find_first_of("?# ") == std::string_view::npos;
  if (has_scheme && has_host && is_plain && Url::accepts(url)) return {};
  return "\"" + url + "\" is not a server's address such as https://b.example.org";
}

std::string check_turn_url(const std::string& url) {
  if (is_turn_url(url)) return {};
  return "\"" + url + "\" is not a TURN address such as turn:turn.example.org:3478?transport=udp";
}

std::string check_host(const std::string& host) {
  if (host == "localhost" || CLI::ValidIPV4(host).empty()) return {};
  // CLI11 knows no IPv6; whether it is an address of this machine shows when it is bound.
  const bool may_be_ipv6 = host.find(':') != std::string::npos &&
                           host.find_first_not_of("0123456789abcdefABCDEF:.") == std::string::npos;
  return may_be_ipv6 ? "" : "\"" + host + "\" is not an IP address";
}

// As they are written, before the secret is read.
struct TurnArguments {
  std::filesystem::path secret_file;
  std::chrono::seconds::rep ttl_seconds = std::chrono::seconds(TurnOptions().ttl).count();
};

void declare_turn_options(CLI::App& app, TurnOptions& options, TurnArguments& turn) {
  auto* const turn_server =
      declare(app, "turn-server", options.servers,
              "TURN server, turn:HOST:PORT or turns:HOST:PORT, with ?transport=udp or tcp at the\n"
              "end where it matters; may be given several times")
          ->check(check_turn_url)
          ->delimiter(',')
          ->expected(1, static_cast<int>(limits::ice_server_urls));
  auto* const turn_secret_file =
      declare(app, "turn-secret-file", turn.secret_file,
              "file with the secret shared with the TURN servers (coturn: static-auth-secret);\n"
              "this server's own TURN takes it, too");
  turn_server->needs(turn_secret_file);
  declare(app, "turn-ttl", turn.ttl_seconds,
          "seconds for which a participant's TURN credentials are good; they are renewed in time")
      ->check(CLI::Range(shortest_turn_ttl.count(), longest_turn_ttl.count()));
}

void declare_tls_options(CLI::App& app, TlsOptions& tls) {
  auto* const certificate = declare(
      app, "tls-cert", tls.certificate,
      "file with the certificate for https and its chain (PEM); read again when it changes");
  auto* const key =
      declare(app, "tls-key", tls.key, "file with the certificate's private key (PEM)");
  certificate->needs(key);
  key->needs(certificate);
  app.add_flag("--tls-self-signed", tls.self_signed,
               "https with a certificate that the server makes itself, kept in --state-dir")
      ->envname(environment_name("tls-self-signed"))
      ->excludes(certificate)
      ->excludes(key);
}

std::string check_external_ip(const std::string& text) {
  if (parse_external_address(text)) return {};
  return "\"" + text + "\" is not an address such as 203.0.113.5 or 203.0.113.5/10.0.0.5";
}

std::string check_port_range(const std::string& text) {
  if (parse_port_range(text)) return {};
  return "\"" + text + "\" is not a range of ports such as 49152-65535";
}

std::string check_network(const std::string& text) {
  if (IpNetwork::parse(text)) return {};
  return "\"" + text + "\" is not a network such as 10.0.0.0/8";
}

// As they are written.
struct RelayArguments {
  std::string turn = "on";
  std::vector<std::string> external_ips;
  std::string ports = "49152-65535";
  std::vector<std::string> allowed_peers;
  std::uint64_t kilobits_per_second = RelayOptions().bits_per_second / 1000;

  void apply_to(RelayOptions& options) const {
    options.turn = turn == "on" ? OwnTurn::On : OwnTurn::Off;
    for (const auto& each : external_ips) options.external.push_back(*parse_external_address(each));
    options.ports = *parse_port_range(ports);
    for (const auto& each : allowed_peers) options.allowed_peers.push_back(*IpNetwork::parse(each));
    options.bits_per_second = kilobits_per_second * 1000;
  }
};

void declare_relay_options(CLI::App& app, RelayOptions& options, RelayArguments& relay) {
  declare(app, "turn", relay.turn, "this server's own STUN and TURN on the UDP port, on or off")
      ->check(CLI::IsMember({"on", "off"}));
  declare(
      app, "external-ip", relay.external_ips,
      "address that the world knows this machine by, where it is another than the one listened\n"
      "on; behind a NAT OUTER or OUTER/INNER; may be given several times")
      ->check(check_external_ip)
      ->delimiter(',')
      ->expected(1, 16);
  declare(app, "turn-ports", relay.ports, "UDP ports of relays, FIRST-LAST")
      ->check(check_port_range);
  declare(
      app, "turn-allow-peer", relay.allowed_peers,
      "network that clients may reach through the relay though its addresses are not public,\n"
      "such as 192.168.0.0/16, but for this machine's ports of --turn-ports; may be given several\n"
      "times")
      ->check(check_network)
      ->delimiter(',')
      ->expected(1, 64);
  declare(app, "turn-allocations", options.allocations, "most relays at a time")
      ->check(CLI::Range(1, 1'000'000));
  declare(app, "turn-allocations-per-user", options.allocations_per_user,
          "most relays of one participant")
      ->check(CLI::Range(1, 1'000'000));
  declare(app, "turn-bandwidth", relay.kilobits_per_second,
          "most kbit/s of a relay in each direction; 0: no limit")
      ->check(CLI::Range(0, 100'000'000));
}

void declare_token_options(CLI::App& app, TokenArguments& token) {
  declare(app, "auth", token.authentication,
          "open: everybody may come; token: who has a token (see parley token --help)")
      ->check(CLI::IsMember({"open", "token"}));
  declare(app, "token-secret-file", token.secret_file,
          "file with the secret that tokens are signed with (HS256), 32 bytes or more");
  declare(app, "token-public-key", token.public_key,
          "file with the public key of whoever signs tokens (RS256, PEM)");
}

void declare_options(CLI::App& app, CommandLine& line, TurnArguments& turn, RelayArguments& relay,
                     TokenArguments& token) {
  ServerOptions& server = line.server;
  declare(app, "host", server.host, "address to listen on")->check(check_host);
  declare(app, "port", server.port, "TCP port; 0 takes any free one")->check(CLI::Range(0, 65535));
  declare_tls_options(app, server.tls);
  declare(app, "web-root", server.web_root, "folder with the built web pages");
  declare(app, "state-dir", server.state_dir, "folder for what outlives a restart; none if empty");
  declare(app, "threads", server.threads, "threads that serve; by default one per core")
      ->check(CLI::Range(1, 256));
  declare(app, "room-participants", server.room_participants, "most participants of a room")
      ->check(CLI::Range(std::size_t{1}, limits::participants));
  declare(app, "max-connections", server.max_connections, "most open WebSockets")
      ->check(CLI::Range(1, 1'000'000));
  declare(app, "stun-server", server.stun_servers,
          "STUN server for the browsers, stun:HOST:PORT; may be given several times")
      ->check(check_stun_url)
      ->delimiter(',')
      ->expected(1, static_cast<int>(limits::ice_server_urls));
  declare_turn_options(app, server.turn, turn);
  declare_relay_options(app, server.relay, relay);
  declare_token_options(app, token);
  declare(
      app, "drain-to", server.drain_to,
      "address of the server that takes over when this one is stopped, https://HOST; by default "
      "clients come back here")
      ->check(check_server_url);
  declare(app, "log-level", line.log_level, "trace, debug, info, warn, error or off")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
}

// CLI11's messages may span lines; an operator gets one.
std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

EarlyExit refuse(const std::string& reason) {
  return {bad_options, "parley: " + one_line(reason) + "\n"};
}

EarlyExit refuse_unknown(const CLI::App& app, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  if (!name.starts_with("-")) {
    return refuse("unexpected argument \"" + argument + "\"; options start with --");
  }
  const auto known = long_names(app);
  return refuse(
      "unknown option " + name + "; did you mean --" +
      std::string(nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known)) +
      "?");
}

}  // namespace

std::variant<CommandLine, EarlyExit> parse_command_line(std::vector<std::string> arguments) {
  CommandLine line;
  TurnArguments turn;
  RelayArguments relay;
  TokenArguments token;
  line.server.threads = std::max(1u, std::thread::hardware_concurrency());
  line.server.state_dir = default_state_dir();

  CLI::App app("Parley: self-hosted video calls.", "parley");
  app.set_version_flag("--version", "parley " PARLEY_VERSION);
  app.set_help_flag("--help,-h", "print this and exit");
  app.footer(
      "Each option may also be set in the environment (PARLEY_PORT=8080) or in the file\n"
      "(port = 8080). A flag beats the environment, which beats the file.");
  app.set_config("--config", "", "TOML file with options")->envname("PARLEY_CONFIG");
  app.config_formatter(std::make_shared<StrictToml>(app));
  app.allow_extras();
  declare_options(app, line, turn, relay, token);
  auto* const print_config =
      app.add_flag("--print-config")
          ->description("print a configuration file with every option and exit")
          ->configurable(false);

  try {
    std::ranges::reverse(arguments);  // as CLI11 takes them
    app.parse(arguments);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    app.exit(success, text, text);
    return EarlyExit{0, text.str()};
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }
  const auto unknown = app.remaining();
  if (!unknown.empty()) return refuse_unknown(app, unknown.front());
  if (print_config->count() > 0) return EarlyExit{0, sample_config(app)};
  relay.apply_to(line.server.relay);
  line.server.turn.ttl = std::chrono::seconds(turn.ttl_seconds);
  if (!turn.secret_file.empty()) {
    auto secret = read_turn_secret(turn.secret_file);
    if (!secret) return refuse(secret.error());
    line.server.turn.secret = std::move(*secret);
  }
  auto token_key = read_token_key(token);
  if (!token_key) return refuse(token_key.error());
  line.server.token_key = std::move(*token_key);
  return line;
}

}  // namespace parley
