// Everything over TLS as over plain TCP, on the same port.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <fstream>
#include <memory>
#include <vector>

#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/http_client.h"

namespace parley::testing {
namespace {

class TlsServerTest : public ::testing::Test {
 protected:
  TcpClient connect(const TlsOffer& offer = {}) {
    TcpClient client(server_.port());
    EXPECT_TRUE(client.start_tls(offer));
    return client;
  }

  bool is_refused(const TlsOffer& offer) {
    TcpClient client(server_.port());
    return !client.start_tls(offer);
  }

  Response get(std::string_view target, const TlsOffer& offer = {}) {
    TcpClient client = connect(offer);
    client.send(request("GET", target));
    return read_response(client);
  }

  CertificateFiles files_;
  const TestServer server_{tls_options(files_)};
};

TEST_F(TlsServerTest, SpeaksTheVersionsOfToday) {
  TcpClient newest = connect();
  EXPECT_STREQ(SSL_get_version(newest.tls()), "TLSv1.3");
  TcpClient older = connect({.version = TLS1_2_VERSION});
  EXPECT_STREQ(SSL_get_version(older.tls()), "TLSv1.2");
  EXPECT_TRUE(is_refused({.version = TLS1_1_VERSION}));
  EXPECT_TRUE(is_refused({.version = TLS1_VERSION}));
}

TEST_F(TlsServerTest, TakesForwardSecretAuthenticatedSuitesOnly) {
  for (const char* suite : {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
                            "ECDHE-ECDSA-CHACHA20-POLY1305"}) {
    EXPECT_FALSE(is_refused({.version = TLS1_2_VERSION, .suites_1_2 = suite})) << suite;
  }
  for (const char* suite : {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA",
                            "ECDHE-ECDSA-AES128-CCM", "AES128-GCM-SHA256", "AES128-SHA"}) {
    EXPECT_TRUE(is_refused({.version = TLS1_2_VERSION, .suites_1_2 = suite})) << suite;
  }
}

TEST_F(TlsServerTest, AgreesOnHttp) {
  TcpClient client = connect({.server_name = "localhost", .applications = "\x02h2\x08http/1.1"});
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(client.tls(), &name, &size);
  EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(name), size), "http/1.1");
  client.send(request("GET", "/healthz"));
  EXPECT_EQ(read_response(client).status, 200);
  EXPECT_TRUE(is_refused({.applications = "\x02h2"}));
}

TEST_F(TlsServerTest, ShowsItsCertificateWhateverNameIsAsked) {
  const std::string shown = connect().certificate_fingerprint();
  for (const char* name : {"localhost", "elsewhere.example", "x"}) {
    EXPECT_EQ(connect({.server_name = name}).certificate_fingerprint(), shown);
  }
}

TEST_F(TlsServerTest, ResumesSessions) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> session(nullptr, SSL_SESSION_free);
    {
      TcpClient first = connect({.version = version});
      first.send(request("GET", "/healthz"));
      EXPECT_EQ(read_response(first).status, 200);  // TLS 1.3's tickets come before it
      EXPECT_EQ(SSL_session_reused(first.tls()), 0);
      // A copy: OpenSSL forgets a session whose connection just ends, as these do.
      session.reset(SSL_SESSION_dup(SSL_get0_session(first.tls())));
    }
    TcpClient second = connect({.version = version, .session = session.get()});
    EXPECT_EQ(SSL_session_reused(second.tls()), 1) << version;
  }
}

TEST_F(TlsServerTest, DoesNotRenegotiate) {
  TcpClient client = connect({.version = TLS1_2_VERSION});
  SSL_renegotiate(client.tls());
  EXPECT_NE(SSL_do_handshake(client.tls()), 1);
}

TEST_F(TlsServerTest, ServesHttpRequestAfterRequest) {
  TcpClient client = connect();
  for (const char* target : {"/", "/parley.js", "/healthz"}) {
    client.send(request("GET", target));
    EXPECT_EQ(read_response(client).status, 200) << target;
  }
  client.send(request("GET", "/", "Connection: close\r\n"));
  EXPECT_EQ(read_response(client).status, 200);
  EXPECT_EQ(client.receive_all(), "");
  // In good order, not just cut off.
  EXPECT_NE(SSL_get_shutdown(client.tls()) & SSL_RECEIVED_SHUTDOWN, 0);
}

TEST_F(TlsServerTest, SendsWhatIsLargerThanARecord) {
  const WebFolder web;
  std::string large;
  for (int line = 0; large.size() < 2'000'000; ++line) large += std::to_string(line) + '\n';
  std::ofstream(web.path() / "large.js", std::ios::binary) << large;
  ServerOptions options = tls_options(files_);
  options.web_root = web.path();
  auto server = Server::start(options);
  ASSERT_TRUE(server);
  TcpClient client((*server)->port());
  // A small window: the server's writes meet a full socket again and again.
  client.shrink_receive_buffer(64 * 1024);
  ASSERT_TRUE(client.start_tls());
  client.send(request("GET", "/large.js"));
  EXPECT_TRUE(read_response(client).body == large);
}

TEST_F(TlsServerTest, CarriesACallBetweenPlainAndEncryptedConnections) {
  // Rooms on both shards, so that streams move between them.
  for (const std::string room : {"a", "b", "c", "d"}) {
    Caller one(connect(), room);
    one.join(room);
    Caller two(connect({.version = TLS1_2_VERSION}), room);
    two.join(room);
    for (const std::size_t bytes : {1u, 5'000u, 40'000u}) {
      const std::string sdp(bytes, 'x');
      one.signal(two, sdp);
      ASSERT_TRUE(sdp_of(two.receive_a<SignalFrom>()) == sdp) << bytes;
      two.signal(one, sdp);
      ASSERT_TRUE(sdp_of(one.receive_a<SignalFrom>()) == sdp) << bytes;
    }
  }
}

TEST_F(TlsServerTest, EndsWebSocketsInGoodOrder) {
  Caller caller(connect(), "ending");
  caller.socket().send_frame(Opcode::Close, "\x03\xe8");
  EXPECT_EQ(caller.socket().receive_close(), 1000);
}

TEST_F(TlsServerTest, ReadsFramesHoweverTheyAreDivided) {
  Caller caller(connect(), "bits");
  caller.join("bits");
  const std::string frame = frame_bytes(Opcode::Text, encode(ClientMessage(Ping{})));
  // One record for each byte, then many frames in one record.
  for (const char byte : frame) caller.socket().tcp().send(std::string(1, byte));
  caller.receive_a<Pong>();
  std::string many;
  for (int count = 0; count < 5; ++count) many += frame;
  caller.socket().tcp().send(many);
  for (int count = 0; count < 5; ++count) caller.receive_a<Pong>();
}

TEST_F(TlsServerTest, RedirectsWhatComesUnencrypted) {
  const auto port = std::to_string(server_.port());
  for (const char* target : {"/", "/r/demo?name=Ana", "/metrics", "/ws?room=demo"}) {
    TcpClient client(server_.port());
    client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: calls.example:" + port +
                "\r\n\r\n");
    const auto response = read_response(client);
    EXPECT_EQ(response.status, 308) << target;
    EXPECT_EQ(response.headers.at("location"), "https://calls.example:" + port + target);
    EXPECT_EQ(response.headers.count("strict-transport-security"), 0u);
  }
  EXPECT_EQ(fetch(server_.port(), "/healthz").status, 200);
}

TEST_F(TlsServerTest, AsksBrowsersForHttpsOnlyWhereTheyTrustTheCertificate) {
  EXPECT_EQ(get("/").headers.at("strict-transport-security"), "max-age=31536000");
  ServerOptions options = test_options();
  options.tls.self_signed = true;
  const TestServer self_signed(options);
  TcpClient client(self_signed.port());
  ASSERT_TRUE(client.start_tls());
  client.send(request("GET", "/"));
  const auto response = read_response(client);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.count("strict-transport-security"), 0u);
}

TEST(TlsServer, SaysWhyItDoesNotStart) {
  const CertificateFiles files;
  files.options();
  ServerOptions options = tls_options(files);
  const WebFolder web;
  options.web_root = web.path();
  options.tls.key = "/nowhere/key.pem";
  const auto server = Server::start(options);
  ASSERT_FALSE(server);
  EXPECT_EQ(server.error(), "/nowhere/key.pem cannot be read: No such file or directory.");
}

}  // namespace
}  // namespace parley::testing
