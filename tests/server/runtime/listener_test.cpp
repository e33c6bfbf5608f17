#include <gtest/gtest.h>
#include <netinet/in.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

// Lets the process open no more files until it is destroyed.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit now = before_;
    now.rlim_cur = highest_open_file() + 1;
    setrlimit(RLIMIT_NOFILE, &now);
    // Numbers below the limit may be free: use them up.
    for (int spare = dup(0); spare >= 0; spare = dup(0)) spares_.push_back(spare);
  }
  ~NoMoreFiles() {
    for (const int spare : spares_) ::close(spare);
    setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  static rlim_t highest_open_file() {
    rlim_t highest = 0;
    for (const auto& file : std::filesystem::directory_iterator("/proc/self/fd")) {
      highest = std::max<rlim_t>(highest, std::stoul(file.path().filename()));
    }
    return highest;
  }

  rlimit before_{};
  std::vector<int> spares_;
};

TEST(Listener, GoesOnWhenThereAreFilesAgain) {
  spdlog::default_logger_raw()->set_level(spdlog::level::off);
  ServerOptions options = test_options();
  options.timeouts.accept_retry = std::chrono::milliseconds(5);
  const TestServer server(options);
  const int waiting = socket(AF_INET, SOCK_STREAM, 0);
  ASSERT_GE(waiting, 0);
  std::optional<TcpClient> client;
  {
    const NoMoreFiles none;
    // The connection is made by the kernel; the server cannot accept it yet.
    client.emplace(server.port(), waiting);
    client->send(request("GET", "/healthz"));
    EXPECT_FALSE(client->has_bytes_within(std::chrono::milliseconds(50)));
  }
  EXPECT_EQ(read_response(*client).status, 200);
}

// Asked of the kernel, not of the server, whose failure is what the test looks for.
bool machine_has_ipv6() {
  const int probe = socket(AF_INET6, SOCK_STREAM, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  const bool is_bound =
      bind(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(probe);
  return is_bound;
}

TEST(Listener, TakesBothFamiliesOnTheAddressOfAll) {
  if (!machine_has_ipv6()) GTEST_SKIP() << "this machine has no IPv6";
  ServerOptions options = test_options();
  options.host = "::";
  const WebFolder web;
  options.web_root = web.path();
  const auto server = Server::start(options);
  ASSERT_TRUE(server) << server.error();
  const std::uint16_t port = (*server)->port();
  EXPECT_EQ(fetch(port, "/healthz").status, 200);  // by 127.0.0.1
  const int ipv6 = socket(AF_INET6, SOCK_STREAM, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(port);
  address.sin6_addr = in6addr_loopback;
  EXPECT_EQ(connect(ipv6, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(ipv6);
}

TEST(Listener, SaysThatThePortIsTaken) {
  const TestServer server;
  const WebFolder web;
  ServerOptions options = test_options();
  options.port = server.port();
  options.web_root = web.path();
  const auto second = Server::start(options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), "Another program listens on port " + std::to_string(server.port()) +
                                " of 127.0.0.1; choose another with --port.");
}

TEST(Listener, SaysThatTheAddressIsNotOurs) {
  const WebFolder web;
  ServerOptions options = test_options();
  options.host = "192.0.2.1";  // RFC 5737: belongs to nobody
  options.web_root = web.path();
  const auto server = Server::start(options);
  ASSERT_FALSE(server);
  EXPECT_NE(server.error().find("--host"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
