// Floods and clients that dawdle, while a hundred calls go on beside them.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <vector>

#include "server/limits/shared_address_table.h"
#include "server/options/file_limit.h"
#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

constexpr std::size_t attackers = 200;
constexpr std::uint32_t held = 60;  // connections that an address may have

// The callers are at 127.0.0.1, without limits; the attackers elsewhere.
ServerOptions hurried() {
  ServerOptions options = test_options();
  options.timeouts.first_bytes = std::chrono::milliseconds(400);
  options.timeouts.request = std::chrono::milliseconds(400);
  options.timeouts.hello = std::chrono::milliseconds(400);
  options.timeouts.closing = std::chrono::milliseconds(400);
  options.policy.unlimited = {*IpNetwork::parse("127.0.0.1")};
  options.policy.address.most(Held::Connections) = held;
  return options;
}

// A connection from 127.0.0.66.
TcpClient attacker(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  inet_pton(AF_INET, "127.0.0.66", &address.sin_addr);
  EXPECT_EQ(bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return TcpClient(port, socket);
}

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  file >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

class AttackTest : public ::testing::Test {
 protected:
  struct Call {
    Caller first;
    Caller second;
  };

  void SetUp() override {
    raise_file_limit();
    for (int number = 0; number < 100; ++number) {
      const std::string room = "call-" + std::to_string(number);
      auto call = std::make_unique<Call>(Call{Caller(port(), room), Caller(port(), room)});
      call->first.join(room);
      call->second.join(room);
      calls_.push_back(std::move(call));
    }
    resident_before_ = resident_bytes();
  }

  // Every call exchanges a signal, and none waits for long.
  void expect_calls_go_on() {
    const std::string sdp = "round " + std::to_string(++round_);
    for (const auto& call : calls_) {
      const auto begin = std::chrono::steady_clock::now();
      call->first.signal(call->second, sdp);
      EXPECT_EQ(sdp_of(call->second.receive_a<SignalFrom>()), sdp);
      EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
    }
  }

  void TearDown() override {
    expect_calls_go_on();
    EXPECT_EQ(metric(port(), "parley_connections"), 2 * calls_.size());
  }

  std::size_t grown_by() const {
    const std::size_t now = resident_bytes();
    return now > resident_before_ ? now - resident_before_ : 0;
  }

  std::uint16_t port() const { return server_.port(); }
  std::uint64_t count(const std::string& name) const { return metric(port(), name); }

  const TestServer server_{hurried()};
  std::vector<std::unique_ptr<Call>> calls_;
  std::size_t resident_before_ = 0;
  int round_ = 0;
};

TEST_F(AttackTest, AFloodOfConnectionsIsResetBeyondTheLimit) {
  std::vector<TcpClient> flood;
  for (std::size_t number = 0; number < attackers; ++number) flood.push_back(attacker(port()));
  wait_for_metric(port(), "parley_refusals_total{reason=\"connections-held\"}", attackers - held);
  expect_calls_go_on();
  // Those that got in and say nothing, or half of the system's handshakes: out in time.
  wait_for_metric(port(), "parley_streams_refused_total{reason=\"too-slow\"}", held);
  for (auto& each : flood) EXPECT_EQ(each.receive_some(), "");
}

TEST_F(AttackTest, HeadersThatTrickleAreEndedWith408) {
  std::vector<TcpClient> slow;
  for (std::size_t number = 0; number < held; ++number) {
    slow.push_back(attacker(port()));
    slow.back().send("GET / HTTP/1.1\r\nHost: localhost\r\nX-");
  }
  // A byte at a time gains no time.
  const auto answered = [&] { return count("parley_http_responses_total{status=\"408\"}"); };
  for (auto& each : slow) each.send("a");
  expect_calls_go_on();
  for (auto& each : slow) {
    each.send("b");
    EXPECT_EQ(read_response(each).status, 408);
  }
  EXPECT_EQ(answered(), held);
}

TEST_F(AttackTest, HeadersThatNeverEndAreRefusedWith431) {
  for (std::size_t number = 0; number < held; ++number) {
    TcpClient client = attacker(port());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + std::string(9'000, 'x'));
    EXPECT_EQ(read_response(client).status, 431);
  }
  EXPECT_EQ(count("parley_http_responses_total{status=\"431\"}"), held);
}

TEST_F(AttackTest, AHelloThatTricklesIsRefusedInTime) {
  std::vector<WebSocketClient> slow;
  for (std::size_t number = 0; number < held; ++number) {
    slow.emplace_back(attacker(port()));
    // The header of 60,000 bytes, and a few of them.
    slow.back().tcp().send(frame_bytes(Opcode::Text, std::string(60'000, ' ')).substr(0, 20));
  }
  expect_calls_go_on();
  // The answers to the close frames come where the rest of the message was due.
  for (auto& each : slow) EXPECT_EQ(each.receive_close(), 4002);
  expect_calls_go_on();
  EXPECT_EQ(count("parley_closes_total{reason=\"hello-timeout\"}"), held);
  wait_for_metric(port(), "parley_connections", 2 * calls_.size());
}

TEST_F(AttackTest, MemoryIsBounded) {
  for (int wave = 0; wave < 10; ++wave) {
    std::vector<TcpClient> flood;
    for (std::size_t number = 0; number < attackers; ++number) flood.push_back(attacker(port()));
    for (auto& each : flood) each.send("GET /");
  }
  expect_calls_go_on();
  constexpr std::size_t bound = 32U << 20;
  EXPECT_LT(grown_by(), bound);
  std::cout << "2000 connections in waves: grown by " << grown_by() / 1024
            << " KiB; the table of addresses takes at most "
            << AddressTable::memory_bytes(SharedAddressTable::capacity) / 1024 << " KiB for "
            << SharedAddressTable::capacity << " addresses\n";
}

}  // namespace
}  // namespace parley::testing
