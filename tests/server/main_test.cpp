// The program as an operator meets it: what it prints and how it ends.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json_document.h"
#include "server/webhooks/webhook_signature.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"
#include "tests/server/support/webhook_receiver.h"

namespace parley::testing {
namespace {

class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PARLEY_PROGRAM);
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);

    std::array<int, 2> out{};
    std::array<int, 2> err{};
    if (pipe2(out.data(), O_CLOEXEC) != 0 || pipe2(err.data(), O_CLOEXEC) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
    EXPECT_EQ(posix_spawn(&process_, PARLEY_PROGRAM, &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
  }

  ~Program() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
    ::close(out_);
    ::close(err_);
  }

  // The next line of standard output, without its end.
  std::string line() {
    std::string text;
    for (char letter = 0; read(out_, &letter, 1) == 1 && letter != '\n';) text += letter;
    return text;
  }

  // The port in the line that says the server is ready.
  std::uint16_t port(const std::string& scheme = "http") {
    const std::string ready = line();
    EXPECT_TRUE(ready.starts_with("Parley is ready: " + scheme + "://localhost:")) << ready;
    return static_cast<std::uint16_t>(std::stoi(ready.substr(ready.rfind(':') + 1)));
  }

  void signal(int number) const { kill(process_, number); }

  // Waits for the end. The exit status, or minus the signal that ended the program.
  int wait() {
    int status = 0;
    waitpid(std::exchange(process_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  // Reads standard error up to the line that has `text`.
  void wait_for_log(const std::string& text) {
    std::string line;
    for (char letter = 0; read(err_, &letter, 1) == 1;) {
      if (letter != '\n') {
        line += letter;
      } else if (std::exchange(line, {}).find(text) != std::string::npos) {
        return;
      }
    }
    ADD_FAILURE() << text << " is not in the log";
  }

  // What of standard error was not read yet; call after wait().
  std::string errors() {
    std::string text;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = read(err_, buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
  }

 private:
  pid_t process_ = -1;
  int out_ = -1;
  int err_ = -1;
};

class MainTest : public ::testing::Test {
 protected:
  std::vector<std::string> arguments(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"--port", "0", "--threads", "2", "--web-root", web_.path()});
    return more;
  }

  const WebFolder web_;
};

TEST_F(MainTest, ServesUntilItIsAskedToStopAndThenSaysGoodbye) {
  for (const int number : {SIGTERM, SIGINT}) {
    Program program(arguments());
    Caller caller(program.port());
    program.signal(number);
    EXPECT_EQ(caller.receive_error(), ErrorCode::ShuttingDown);
    EXPECT_EQ(caller.socket().receive_close(), 1001);
    EXPECT_EQ(program.wait(), 0);
  }
}

TEST_F(MainTest, EndsAtOnceWhenAskedTwice) {
  Program program(arguments());
  Caller caller(program.port());
  program.signal(SIGTERM);
  // The client does not answer the close frame, so the program waits; until it is asked again.
  EXPECT_EQ(caller.receive_error(), ErrorCode::ShuttingDown);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), -SIGTERM);
}

TEST_F(MainTest, ExplainsBadOptionsInOneLine) {
  Program program({"--prot", "80"});
  EXPECT_EQ(program.wait(), 2);
  EXPECT_EQ(program.errors(), "parley: unknown option --prot; did you mean --port?\n");
}

TEST_F(MainTest, ExplainsWhyItCannotStart) {
  const TestServer other;
  Program program({"--port", std::to_string(other.port()), "--web-root", web_.path()});
  EXPECT_EQ(program.wait(), 1);
  const std::string errors = program.errors();
  EXPECT_TRUE(errors.starts_with("parley: Another program listens on port ")) << errors;
  EXPECT_EQ(std::ranges::count(errors, '\n'), 1);
}

TEST_F(MainTest, WarnsThatBrowsersGiveNoCameraToInsecurePages) {
  Program program(arguments({"--host", "0.0.0.0"}));
  EXPECT_TRUE(program.line().starts_with("Parley is ready: http://0.0.0.0:"));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_NE(program.errors().find("camera"), std::string::npos);
}

TEST_F(MainTest, MakesItsOwnCertificateAndShowsItsFingerprint) {
  const TemporaryFolder state;
  std::vector<std::string> fingerprints;
  for (int run = 0; run < 2; ++run) {
    Program program(
        arguments({"--host", "0.0.0.0", "--tls-self-signed", "--state-dir", state.path()}));
    const std::string ready = program.line();
    ASSERT_TRUE(ready.starts_with("Parley is ready: https://0.0.0.0:")) << ready;
    TcpClient client(static_cast<std::uint16_t>(std::stoi(ready.substr(ready.rfind(':') + 1))));
    EXPECT_TRUE(client.start_tls());
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    const std::string log = program.errors();
    EXPECT_EQ(log.find("camera"), std::string::npos) << log;
    const auto at = log.find("SHA-256: ");
    ASSERT_NE(at, std::string::npos) << log;
    fingerprints.push_back(log.substr(at, std::string("SHA-256: ").size() + 32 * 3 - 1));
  }
  EXPECT_EQ(fingerprints[0], fingerprints[1]);
}

TEST_F(MainTest, ReadsItsCertificateAnewOnSighup) {
  CertificateFiles files;
  Program program(arguments({"--tls-cert", files.chain(), "--tls-key", files.key()}));
  const std::uint16_t port = program.port("https");
  TcpClient first(port);
  ASSERT_TRUE(first.start_tls());
  Caller caller(std::move(first), "stays");
  caller.join("stays");
  const std::string fresh = files.replace();
  program.signal(SIGHUP);
  std::string shown;
  while (shown != fresh) {
    TcpClient next(port);
    ASSERT_TRUE(next.start_tls());
    shown = next.certificate_fingerprint();
  }
  caller.send(Ping{});
  caller.receive_a<Pong>();
  program.signal(SIGTERM);
  EXPECT_EQ(caller.receive_error(), ErrorCode::ShuttingDown);
  EXPECT_EQ(caller.socket().receive_close(), 1001);
  EXPECT_EQ(program.wait(), 0);
}

TEST_F(MainTest, ReadsItsConfigurationAnewOnSighup) {
  const TemporaryFolder folder;
  const auto config = folder.write("parley.toml", "log-level = \"info\"\n");
  Program program(arguments({"--config", config}));
  const std::uint16_t port = program.port();
  {
    Caller caller(port);
    folder.write("parley.toml",
                 "websocket-message-rate = \"1:3\"\nmax-connections = 7\nlog-format = \"json\"\n");
    program.signal(SIGHUP);
    // The rate is in use at some moment from now on.
    for (;;) {
      caller.send(Ping{});
      const ServerMessage message = caller.receive();
      if (std::holds_alternative<ComeBack>(message)) break;
      ASSERT_TRUE(std::holds_alternative<Pong>(message));
    }
    EXPECT_EQ(caller.receive_error(), ErrorCode::RateLimited);
  }
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  EXPECT_NE(log.find("\"event\":\"restart-needed\""), std::string::npos) << log;
  EXPECT_NE(log.find("only: max-connections."), std::string::npos) << log;
  EXPECT_NE(log.find("\"event\":\"configuration-reloaded\""), std::string::npos) << log;
}

TEST_F(MainTest, TellsAnotherReceiverOnSighupAndWithAnotherSecret) {
  const TemporaryFolder folder;
  const auto secret = folder.write("secret", std::string(32, 'a')).string();
  const auto config = folder.write("parley.toml", "");
  Program program(arguments({"--config", config, "--log-level", "info"}));
  const std::uint16_t port = program.port();
  WebhookReceiver first;
  WebhookReceiver second;
  for (auto* receiver : {&first, &second}) {
    const std::string key(32, receiver == &first ? 'b' : 'c');
    folder.write("secret", key);
    folder.write("parley.toml", "webhook = \"http://localhost:" + std::to_string(receiver->port()) +
                                    "\"\nwebhook-secret-file = \"" + secret + "\"\n");
    program.signal(SIGHUP);
    program.wait_for_log("configuration was read anew");
    Caller(port).join(std::string(1, key[0]));
    const auto received = receiver->wait_for(2)[0];
    EXPECT_EQ(received.words(), "room-started");
    const auto signature = received.header("Parley-Signature");
    const std::chrono::sys_seconds at{std::chrono::seconds(std::stoll(signature.substr(2)))};
    EXPECT_EQ(signature, webhook_signature(key, at, received.body));
  }
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.errors().find("restart-needed"), std::string::npos);
}

TEST_F(MainTest, KeepsItsOptionsOnSighupWhenTheFileIsNoGood) {
  const TemporaryFolder folder;
  const auto config = folder.write("parley.toml", "log-level = \"info\"\n");
  Program program(arguments({"--config", config}));
  const std::uint16_t port = program.port();
  folder.write("parley.toml", "adress-join-rate = \"1:3\"\n");
  program.signal(SIGHUP);
  Caller(port).join("a");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  const std::string log = program.errors();
  EXPECT_NE(log.find("did you mean \"address-join-rate\"?"), std::string::npos) << log;
}

TEST_F(MainTest, GoesOnAfterSighupWhereThereIsNothingToReadAnew) {
  Program program(arguments());
  const std::uint16_t port = program.port();
  program.signal(SIGHUP);
  Caller(port).join("a");
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
}

TEST_F(MainTest, LogsAnObjectALineWhereAsked) {
  Program program(arguments({"--log-format", "json", "--host", "0.0.0.0"}));
  program.line();
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  std::istringstream log(program.errors());
  int lines = 0;
  for (std::string line; std::getline(log, line); ++lines) {
    EXPECT_TRUE(JsonDocument::parse(line)) << line;
    EXPECT_NE(line.find("\"event\":\""), std::string::npos) << line;
    EXPECT_EQ(line.find("\"event\":\"other\""), std::string::npos) << line;
  }
  EXPECT_GE(lines, 2);
}

TEST_F(MainTest, LogsAddressesOfClientsOnlyWhenAsked) {
  for (const bool is_asked : {false, true}) {
    auto options = arguments({"--address-websockets", "1", "--unlimited-address", "192.0.2.1"});
    if (is_asked) options.push_back("--log-addresses");
    Program program(options);
    const std::uint16_t port = program.port();
    {
      const Caller only(port);
      TcpClient second(port);
      second.send(upgrade_request(""));
      EXPECT_EQ(read_response(second).status, 429);
    }
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    const std::string log = program.errors();
    EXPECT_NE(log.find("websockets-held"), std::string::npos) << log;
    EXPECT_EQ(log.find("127.0.0.1") != std::string::npos, is_asked) << log;
  }
}

TEST_F(MainTest, IsItsOwnDoctor) {
  const TestServer other;
  Program program({"doctor", "--port", std::to_string(other.port()), "--web-root", web_.path()});
  EXPECT_EQ(program.wait(), 1);
  Program well({"doctor", "--port", "0", "--web-root", web_.path(), "--max-connections", "9",
                "--turn-allocations", "9"});
  EXPECT_EQ(well.wait(), 0);
}

TEST_F(MainTest, LogsNoAddressesOfClients) {
  Program program(arguments({"--log-level", "info"}));
  const std::uint16_t port = program.port();
  { const Caller caller(port); }
  EXPECT_EQ(fetch(port, "/%").status, 400);
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(), 0);
  EXPECT_EQ(program.errors().find("127.0.0.1"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
