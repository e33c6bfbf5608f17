// What the first bytes of a connection lead to, and what becomes of those that do not come.
#include "server/net/incoming_stream.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/http_client.h"

namespace parley::testing {
namespace {

using namespace std::string_literals;

// RFC 8489 section 5: a Binding request without attributes.
const std::string binding_request = "\0\x01\0\0\x21\x12\xa4\x42"s + std::string(12, 'i');

// The beginning of a TLS record of the handshake that holds `bytes` bytes, and of a ClientHello.
std::string record_header(std::size_t bytes) {
  return "\x16\x03\x01"s + static_cast<char>(bytes >> 8) + static_cast<char>(bytes);
}

class IncomingStreamTest : public ::testing::Test {
 protected:
  explicit IncomingStreamTest(ServerOptions options = {}) : server_(patient(std::move(options))) {}

  // All of it is on a server with TLS.
  ServerOptions patient(ServerOptions options) {
    const auto timeouts = options.timeouts;
    options = tls_options(files_);
    options.timeouts.first_bytes = timeouts.first_bytes;
    return options;
  }

  // How many connections have been ended for `reason`.
  int refused(const std::string& reason) {
    TcpClient client(server_.port());
    EXPECT_TRUE(client.start_tls());
    client.send(request("GET", "/metrics"));
    const std::string text = read_response(client).body;
    const std::string line = "parley_streams_refused_total{reason=\"" + reason + "\"} ";
    const auto at = text.find(line);
    EXPECT_NE(at, std::string::npos) << text;
    return std::stoi(text.substr(at + line.size()));
  }

  CertificateFiles files_;
  TestServer server_;
};

TEST_F(IncomingStreamTest, StunIsEndedAndCountedWhereThereIsNoTurn) {
  TcpClient plain(server_.port());
  plain.send(binding_request);
  EXPECT_EQ(plain.receive_all(), "");
  EXPECT_EQ(refused("no-turn"), 1);

  TcpClient encrypted(server_.port());
  ASSERT_TRUE(encrypted.start_tls());
  encrypted.send(binding_request);
  EXPECT_EQ(encrypted.receive_all(), "");
  EXPECT_EQ(refused("no-turn"), 2);

  TcpClient agreed(server_.port());
  ASSERT_TRUE(agreed.start_tls({.applications = "\x09stun.turn"}));
  EXPECT_EQ(agreed.receive_all(), "");
  EXPECT_EQ(refused("no-turn"), 3);
}

TEST_F(IncomingStreamTest, WhatWasAgreedOnIsWhatIsServed) {
  TcpClient client(server_.port());
  ASSERT_TRUE(client.start_tls({.applications = "\x08http/1.1"}));
  client.send(binding_request + "\r\n\r\n");
  EXPECT_EQ(read_response(client).status, 400);
}

TEST_F(IncomingStreamTest, FirstBytesMayComeOneByOne) {
  TcpClient client(server_.port());
  for (const char byte : request("GET", "/healthz")) client.send(std::string(1, byte));
  EXPECT_EQ(read_response(client).status, 200);
}

TEST_F(IncomingStreamTest, GarbageIsRefused) {
  // Not HTTP.
  TcpClient words(server_.port());
  words.send("\xff\xfe\xfd hello\r\n\r\n");
  EXPECT_EQ(read_response(words).status, 400);
  // A record, but no ClientHello in it.
  TcpClient record(server_.port());
  record.send(record_header(100) + std::string(100, 'x'));
  record.receive_all();
  EXPECT_EQ(refused("tls-failed"), 1);
  // TLS in TLS is nothing that is served.
  TcpClient nested(server_.port());
  ASSERT_TRUE(nested.start_tls());
  nested.send("\x16\x03\x01\x02\x01\x01\r\n\r\n");
  EXPECT_EQ(read_response(nested).status, 400);
}

TEST_F(IncomingStreamTest, ClientHelloHasALimit) {
  TcpClient claims(server_.port());
  // RFC 8446 section 4: type 1 and three bytes of length, 16 MiB.
  claims.send(record_header(4) + "\x01\xff\xff\xff"s);
  claims.receive_all();
  EXPECT_EQ(refused("tls-failed"), 1);

  // 120 KiB, which TLS would allow. The server ends it before all has come.
  TcpClient sends(server_.port());
  std::string rest = "\x01\x01\xe0\x00\x03\x03"s + std::string(120 * 1024, 'x');
  bool is_taken = true;
  while (is_taken && !rest.empty()) {
    const std::string part = rest.substr(0, 16 * 1024);
    rest.erase(0, part.size());
    is_taken = sends.send(record_header(part.size()) + part);
  }
  sends.receive_all();
  EXPECT_EQ(refused("tls-failed"), 2);
}

TEST_F(IncomingStreamTest, ClientThatGoesAwayIsForgotten) {
  for (const std::string& bytes : {""s, "\x16"s, record_header(100) + "\x01", "\0\x01"s}) {
    TcpClient client(server_.port());
    client.send(bytes);
  }
  while (refused("lost") < 4) {
  }
}

ServerOptions hurried() {
  ServerOptions options;
  options.timeouts.first_bytes = std::chrono::milliseconds(300);
  return options;
}

class SlowFirstBytesTest : public IncomingStreamTest {
 protected:
  SlowFirstBytesTest() : IncomingStreamTest(hurried()) {}

  // Sends a byte every few milliseconds until the server ends the connection.
  static void trickle(TcpClient& client, const std::string& bytes) {
    const auto begin = std::chrono::steady_clock::now();
    for (const char byte : bytes) {
      if (client.has_bytes_within(std::chrono::milliseconds(40))) break;
      client.send(std::string(1, byte));
    }
    client.receive_all();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
};

TEST_F(SlowFirstBytesTest, SilenceIsEnded) {
  TcpClient client(server_.port());
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_EQ(refused("too-slow"), 1);
}

TEST_F(SlowFirstBytesTest, TrickleIsEndedBeforeStunIsKnown) {
  TcpClient client(server_.port());
  client.send("\0\x01"s);
  EXPECT_EQ(client.receive_all(), "");
  EXPECT_EQ(refused("too-slow"), 1);
}

TEST_F(SlowFirstBytesTest, TrickleIsEndedInTheHandshake) {
  TcpClient client(server_.port());
  trickle(client, record_header(200) + std::string(200, '\x01'));
  EXPECT_EQ(refused("too-slow"), 1);
}

TEST_F(SlowFirstBytesTest, HalfAHandshakeIsEnded) {
  // Takes the server's answer and says nothing more.
  TcpClient genuine(server_.port());
  ASSERT_TRUE(genuine.start_tls());  // the handshake is done, and no request follows
  EXPECT_EQ(genuine.receive_all(), "");
  EXPECT_EQ(refused("too-slow"), 1);
}

}  // namespace
}  // namespace parley::testing
