// Requests that are wrong, and requests for what is not to be had.
#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

class HttpTest : public BadInputTest {
 protected:
  int status_of(const std::string& bytes) {
    TcpClient client(port());
    client.send(bytes);
    const auto response = read_response(client);
    EXPECT_EQ(response.headers.count("connection"), 1u) << bytes;
    EXPECT_EQ(client.receive_all(), "") << bytes;
    return response.status;
  }
};

class PathTraversalTest : public HttpTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(PathTraversalTest, LeadsNowhere) {
  for (const std::string prefix : {"/", "/r/", "/locale/", "http://localhost/"}) {
    const auto response = fetch(port(), prefix + GetParam());
    EXPECT_TRUE(response.status == 400 || response.status == 404)
        << prefix << GetParam() << ": " << response.status;
    EXPECT_EQ(response.body.find(WebFolder::secret), std::string::npos);
  }
}

INSTANTIATE_TEST_SUITE_P(
    BadInput, PathTraversalTest,
    ::testing::Values("../secret.txt", "%2e%2e/secret.txt", "%2E%2E%2Fsecret.txt",
                      "..%2fsecret.txt", ".%2e/secret.txt", "%2e./secret.txt",
                      "%252e%252e/secret.txt", "..%252fsecret.txt", "..\\secret.txt",
                      "..%5csecret.txt", "%c0%ae%c0%ae/secret.txt", "%c0%ae%c0%ae%c0%afsecret.txt",
                      "..%c0%afsecret.txt", "%e0%80%ae%e0%80%ae/secret.txt", "..;/secret.txt",
                      "....//secret.txt", ".../secret.txt", "../web/../secret.txt",
                      "..%00/secret.txt", "secret.txt%00.html", "%uff0e%uff0e/secret.txt",
                      "..%ef%bc%8fsecret.txt", "./.././secret.txt", "//../secret.txt",
                      "../../../../../../etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd",
                      "parley.js/../../secret.txt", "index.html%2f..%2f..%2fsecret.txt"));

TEST_F(HttpTest, WhatIsNotHttpIsRefused) {
  const std::string two_lengths =
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(status_of(two_lengths), 400);
  for (const char* bytes : {"hello\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                            "GET / HTTP/1.1\r\nHost: a\r\nBad\x01Name: x\r\n\r\n",
                            "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n", "\x16\x03\x01\x02\x01\x01"}) {
    EXPECT_EQ(status_of(std::string(bytes) + "\r\n\r\n"), 400) << bytes;
  }
}

TEST_F(HttpTest, HostIsNamedOnce) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
}

TEST_F(HttpTest, HeadersHaveALimit) {
  EXPECT_EQ(status_of(request("GET", "/", "X-Long: " + std::string(9000, 'x') + "\r\n")), 431);
  EXPECT_EQ(status_of(request("GET", "/" + std::string(9000, 'x'))), 431);
  std::string many;
  for (int count = 0; count < 2000; ++count) many += "X: y\r\n";
  EXPECT_EQ(status_of(request("GET", "/", many)), 431);
}

TEST_F(HttpTest, BodiesHaveALimit) {
  EXPECT_EQ(status_of(request("POST", "/", "Content-Length: 99999999\r\n")), 413);
  EXPECT_EQ(status_of(request("POST", "/", "Content-Length: 18446744073709551615\r\n")), 413);
  std::string chunks;
  for (int count = 0; count < 5; ++count) chunks += "1000\r\n" + std::string(0x1000, 'x') + "\r\n";
  EXPECT_EQ(status_of(request("POST", "/", "Transfer-Encoding: chunked\r\n") + chunks), 413);
}

TEST_F(HttpTest, MethodsThatAreNotForItAreRefused) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
    const auto response = fetch(port(), "/", "", method);
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(response.headers.at("allow"), "GET, HEAD") << method;
  }
}

ServerOptions with_short_request_deadlines() {
  ServerOptions options = test_options();
  options.timeouts.first_bytes = std::chrono::milliseconds(150);
  options.timeouts.request = std::chrono::milliseconds(150);
  return options;
}

class SlowRequestTest : public BadInputTest {
 protected:
  SlowRequestTest() : BadInputTest(with_short_request_deadlines()) {}
};

TEST_F(SlowRequestTest, HeadersThatTrickleInAreCutOff) {
  TcpClient client(port());
  const auto begin = std::chrono::steady_clock::now();
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
  // A byte each 10 ms: no single pause is long, all together are.
  while (!client.has_bytes_within(std::chrono::milliseconds(10))) client.send("X");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(150));
  EXPECT_EQ(read_response(client).status, 408);
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(SlowRequestTest, BodyThatDoesNotComeIsCutOff) {
  TcpClient client(port());
  client.send(request("POST", "/", "Content-Length: 10\r\n") + "123");
  EXPECT_EQ(read_response(client).status, 408);
}

TEST_F(SlowRequestTest, SilentConnectionIsClosedWithoutAWord) {
  TcpClient client(port());
  EXPECT_EQ(client.receive_all(), "");
}

TEST_F(SlowRequestTest, IdleConnectionIsClosedAfterItsRequest) {
  TcpClient client(port());
  client.send(request("GET", "/healthz"));
  EXPECT_EQ(read_response(client).status, 200);
  EXPECT_EQ(client.receive_all(), "");
}

}  // namespace
}  // namespace parley::testing
