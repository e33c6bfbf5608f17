#include "server/options/command_line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "tests/server/support/temporary_folder.h"

namespace parley::testing {
namespace {

CommandLine accepted(std::vector<std::string> arguments) {
  auto parsed = parse_command_line(std::move(arguments));
  if (const auto* early = std::get_if<EarlyExit>(&parsed)) {
    ADD_FAILURE() << early->text;
    return {};
  }
  return std::get<CommandLine>(parsed);
}

// The one line that says why.
std::string refused(std::vector<std::string> arguments) {
  const auto parsed = parse_command_line(std::move(arguments));
  const auto* early = std::get_if<EarlyExit>(&parsed);
  if (early == nullptr) {
    ADD_FAILURE() << "was accepted";
    return {};
  }
  EXPECT_EQ(early->exit_status, 2);
  EXPECT_EQ(std::ranges::count(early->text, '\n'), 1);
  EXPECT_TRUE(early->text.ends_with('\n'));
  return early->text;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Environment() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(CommandLine, HasSensibleDefaults) {
  const auto line = accepted({});
  EXPECT_EQ(line.server.host, "127.0.0.1");
  EXPECT_EQ(line.server.port, 8080);
  EXPECT_EQ(line.server.room_participants, 32u);
  EXPECT_GE(line.server.threads, 1u);
  EXPECT_TRUE(line.server.stun_servers.empty());
}

TEST(CommandLine, TakesFlags) {
  const auto line =
      accepted({"--host", "0.0.0.0", "--port=0", "--threads", "3", "--room-participants", "128",
                "--max-connections", "7", "--log-level", "debug", "--web-root", "/srv/web",
                "--stun-server", "stun:a.example:3478", "--stun-server", "stun:b.example"});
  EXPECT_EQ(line.server.host, "0.0.0.0");
  EXPECT_EQ(line.server.port, 0);
  EXPECT_EQ(line.server.threads, 3u);
  EXPECT_EQ(line.server.room_participants, 128u);
  EXPECT_EQ(line.server.max_connections, 7u);
  EXPECT_EQ(line.log.level, "debug");
  EXPECT_EQ(line.server.web_root, "/srv/web");
  EXPECT_EQ(line.server.stun_servers,
            (std::vector<std::string>{"stun:a.example:3478", "stun:b.example"}));
}

TEST(CommandLine, TakesTheEnvironmentAndAFileAndPrefersTheFlag) {
  const TemporaryFolder folder;
  const auto file = folder.write("parley.toml",
                                 "# as an operator writes it\n"
                                 "port = 7001\nthreads = 2\nhost = \"127.0.0.9\"\n"
                                 "stun-server = [\"stun:a.example\", \"stun:b.example\"]\n");
  const Environment threads("PARLEY_THREADS", "4");
  const auto line = accepted({"--config", file.string(), "--port", "7002"});
  EXPECT_EQ(line.server.port, 7002);
  EXPECT_EQ(line.server.threads, 4u);
  EXPECT_EQ(line.server.host, "127.0.0.9");
  EXPECT_EQ(line.server.stun_servers.size(), 2u);
}

TEST(CommandLine, NamesTheNearestOption) {
  EXPECT_TRUE(contains(refused({"--prot", "80"}), "did you mean --port?"));
  EXPECT_TRUE(contains(refused({"--webroot=/srv"}), "did you mean --web-root?"));
  EXPECT_TRUE(contains(refused({"serve"}), "serve"));
  const TemporaryFolder folder;
  const auto file = folder.write("parley.toml", "max-conections = 5\n");
  const auto reason = refused({"--config", file.string()});
  EXPECT_TRUE(contains(reason, "max-conections"));
  EXPECT_TRUE(contains(reason, "did you mean \"max-connections\"?"));
}

TEST(CommandLine, SaysWhichValueIsWrong) {
  EXPECT_TRUE(contains(refused({"--port", "65536"}), "--port"));
  EXPECT_TRUE(contains(refused({"--port", "http"}), "--port"));
  EXPECT_TRUE(contains(refused({"--port"}), "--port"));
  EXPECT_TRUE(contains(refused({"--threads", "0"}), "--threads"));
  EXPECT_TRUE(contains(refused({"--room-participants", "129"}), "--room-participants"));
  EXPECT_TRUE(contains(refused({"--host", "calls.example"}), "calls.example"));
  EXPECT_TRUE(contains(refused({"--log-level", "loud"}), "--log-level"));
  EXPECT_TRUE(contains(refused({"--stun-server", "example.org"}), "example.org"));
  EXPECT_TRUE(contains(refused({"--drain-to", "b.example.org"}), "b.example.org"));
  EXPECT_TRUE(contains(refused({"--drain-to", "https://"}), "\"https://\""));
  EXPECT_TRUE(contains(refused({"--drain-to", "https://b.example/?x"}), "https://b.example/?x"));
  EXPECT_TRUE(contains(refused({"--config", "/nowhere/parley.toml"}), "/nowhere/parley.toml"));
  const Environment port("PARLEY_PORT", "many");
  EXPECT_TRUE(contains(refused({}), "port"));
}

TEST(CommandLine, TakesTurnServersWithTheirSecret) {
  const TemporaryFolder folder;
  const auto secret = folder.write("turn.secret", "north\n").string();
  const auto line = accepted({"--turn-server", "turn:a.example:3478?transport=udp", "--turn-server",
                              "turns:a.example:443?transport=tcp", "--turn-secret-file", secret});
  EXPECT_EQ(line.server.turn.servers.size(), 2u);
  EXPECT_EQ(line.server.turn.secret.bytes, "north");
  EXPECT_EQ(line.server.turn.ttl, std::chrono::hours(6));
  const auto file = folder.write("parley.toml",
                                 "turn-server = [\"turn:a.example\"]\n"
                                 "turn-secret-file = \"" +
                                     secret + "\"\n");
  const Environment ttl("PARLEY_TURN_TTL", "10");
  const auto from_file = accepted({"--config", file.string()});
  EXPECT_EQ(from_file.server.turn.servers, std::vector<std::string>{"turn:a.example"});
  EXPECT_EQ(from_file.server.turn.secret.bytes, "north");
  EXPECT_EQ(from_file.server.turn.ttl, std::chrono::seconds(10));
}

TEST(CommandLine, SaysWhatIsWrongWithTurnServers) {
  const TemporaryFolder folder;
  const auto secret = folder.write("turn.secret", "north").string();
  const auto with = [&](const std::string& url) {
    return refused({"--turn-server", url, "--turn-secret-file", secret});
  };
  EXPECT_TRUE(contains(with("turn://a.example"), "turn://a.example"));
  EXPECT_TRUE(contains(with("stun:a.example"), "stun:a.example"));
  EXPECT_TRUE(contains(refused({"--turn-server", "turn:a.example"}), "--turn-secret-file"));
  EXPECT_EQ(accepted({"--turn-secret-file", secret}).server.turn.secret.bytes, "north");
  EXPECT_TRUE(contains(refused({"--turn-server", "turn:a.example", "--turn-secret-file", "/no"}),
                       "/no cannot be read"));
  EXPECT_TRUE(contains(refused({"--turn-ttl", "9"}), "--turn-ttl"));
  EXPECT_TRUE(contains(refused({"--turn-ttl", "604801"}), "--turn-ttl"));
  EXPECT_TRUE(contains(refused({"--turn-ttl", "1h"}), "--turn-ttl"));
}

TEST(CommandLine, LetsEverybodyInUnlessTokensAreAskedFor) {
  EXPECT_FALSE(accepted({}).server.token_key);
  const TemporaryFolder folder;
  const auto secret = folder.write("token.secret", std::string(32, 's')).string();
  EXPECT_TRUE(accepted({"--auth", "token", "--token-secret-file", secret}).server.token_key);
  EXPECT_TRUE(contains(refused({"--auth", "token"}), "--token-secret-file"));
  EXPECT_TRUE(contains(refused({"--auth", "none"}), "--auth"));
}

TEST(CommandLine, TakesACertificateWithItsKeyOrMakesOne) {
  const auto files = accepted({"--tls-cert", "/tls/chain.pem", "--tls-key", "/tls/key.pem"});
  EXPECT_EQ(files.server.tls.certificate, "/tls/chain.pem");
  EXPECT_EQ(files.server.tls.key, "/tls/key.pem");
  EXPECT_TRUE(files.server.tls.is_on());
  EXPECT_TRUE(accepted({"--tls-self-signed"}).server.tls.self_signed);
  EXPECT_FALSE(accepted({}).server.tls.is_on());
  const TemporaryFolder folder;
  const auto file = folder.write("parley.toml", "tls-self-signed = true\n");
  EXPECT_TRUE(accepted({"--config", file.string()}).server.tls.self_signed);
  const Environment environment("PARLEY_TLS_SELF_SIGNED", "true");
  EXPECT_TRUE(accepted({}).server.tls.self_signed);
}

TEST(CommandLine, SaysWhichTlsOptionsDoNotGoTogether) {
  EXPECT_TRUE(contains(refused({"--tls-cert", "/tls/chain.pem"}), "--tls-key"));
  EXPECT_TRUE(contains(refused({"--tls-key", "/tls/key.pem"}), "--tls-cert"));
  EXPECT_TRUE(contains(refused({"--tls-self-signed", "--tls-cert", "a", "--tls-key", "b"}),
                       "--tls-self-signed"));
}

TEST(CommandLine, ReadsHowItsOwnRelayIsSetUp) {
  const auto plain = accepted({}).server.relay;
  EXPECT_EQ(plain.turn, OwnTurn::On);
  EXPECT_TRUE(plain.external.empty());
  EXPECT_EQ(plain.ports.first, 49152);
  EXPECT_EQ(plain.bits_per_second, 50'000'000u);

  const auto relay =
      accepted({"--turn", "off", "--external-ip", "203.0.113.5/10.0.0.5", "--external-ip",
                "2001:db8::5", "--turn-ports", "50000-50010", "--turn-allow-peer", "10.0.0.0/8",
                "--turn-allow-peer", "fd00::/8", "--turn-allocations", "7",
                "--turn-allocations-per-user", "3", "--turn-bandwidth", "800"})
          .server.relay;
  EXPECT_EQ(relay.turn, OwnTurn::Off);
  ASSERT_EQ(relay.external.size(), 2u);
  EXPECT_EQ(to_string(relay.external[0].announced), "203.0.113.5");
  EXPECT_EQ(to_string(relay.external[0].local), "10.0.0.5");
  EXPECT_EQ(to_string(relay.external[1].local), "::");
  EXPECT_EQ(relay.ports.last, 50010);
  EXPECT_EQ(relay.allowed_peers.size(), 2u);
  EXPECT_EQ(relay.allocations, 7u);
  EXPECT_EQ(relay.allocations_per_user, 3u);
  EXPECT_EQ(relay.bits_per_second, 800'000u);
}

TEST(CommandLine, SaysWhatIsWrongWithItsOwnRelay) {
  for (const auto& [option, value] :
       {std::pair("--turn", "maybe"), std::pair("--external-ip", "example.org"),
        std::pair("--external-ip", "203.0.113.5/::1"), std::pair("--external-ip", "203.0.113.5/"),
        std::pair("--turn-ports", "5"), std::pair("--turn-ports", "0-5"),
        std::pair("--turn-ports", "6-5"), std::pair("--turn-ports", "1-65536"),
        std::pair("--turn-allow-peer", "10.0.0.0/33"), std::pair("--turn-allocations", "0"),
        std::pair("--turn-bandwidth", "-1")}) {
    EXPECT_TRUE(contains(refused({option, value}), option)) << option << " " << value;
  }
}

TEST(CommandLine, PrintsHelpAndVersion) {
  const auto help = std::get<EarlyExit>(parse_command_line({"--help"}));
  EXPECT_EQ(help.exit_status, 0);
  for (const char* option : {"--host", "--port", "--web-root", "--config", "PARLEY_PORT"}) {
    EXPECT_TRUE(contains(help.text, option)) << option;
  }
  const auto version = std::get<EarlyExit>(parse_command_line({"--version"}));
  EXPECT_EQ(version.exit_status, 0);
  EXPECT_EQ(version.text, "parley " PARLEY_VERSION "\n");
}

}  // namespace
}  // namespace parley::testing
