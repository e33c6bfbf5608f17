// A certificate that is replaced while the server runs.
#include <gtest/gtest.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/server/support/caller.h"
#include "tests/server/support/certificates.h"

namespace parley::testing {
namespace {

// What is logged while this is there.
class Log {
 public:
  Log() { spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", sink_)); }
  ~Log() { spdlog::set_default_logger(before_); }
  std::string text() const {
    std::string all;
    for (const auto& line : sink_->last_formatted()) all += line;
    return all;
  }

 private:
  static constexpr std::size_t lines = 100;
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> sink_ =
      std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(lines);
};

class CertificateReloadTest : public ::testing::Test {
 protected:
  std::string shown() {
    TcpClient client(server_->port());
    EXPECT_TRUE(client.start_tls());
    return client.certificate_fingerprint();
  }

  // Connects again and again until `fingerprint` is shown.
  ::testing::AssertionResult is_shown_soon(const std::string& fingerprint) {
    const auto deadline = std::chrono::steady_clock::now() + TcpClient::patience;
    while (std::chrono::steady_clock::now() < deadline) {
      if (shown() == fingerprint) return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << "the server still shows the old certificate";
  }

  Caller caller(const std::string& room) {
    TcpClient client(server_->port());
    EXPECT_TRUE(client.start_tls());
    return Caller(std::move(client), room);
  }

  Log log_;
  CertificateFiles files_;
  std::unique_ptr<TestServer> server_ = std::make_unique<TestServer>(tls_options(files_));
};

TEST_F(CertificateReloadTest, IsNoticedAndDropsNobody) {
  constexpr int count = 100;
  std::vector<Caller> callers;
  for (int index = 0; index < count; ++index) {
    const std::string room = "room-" + std::to_string(index / 2);
    callers.push_back(caller(room));
    callers.back().join(room);
  }
  // Calls go on while the certificates change.
  for (int change = 0; change < 3; ++change) {
    const std::string fresh = files_.replace();
    std::thread talk([&callers] {
      for (std::size_t index = 0; index < callers.size(); index += 2) {
        callers[index].signal(callers[index + 1], "go on");
        EXPECT_EQ(sdp_of(callers[index + 1].receive_a<SignalFrom>()), "go on");
      }
    });
    EXPECT_TRUE(is_shown_soon(fresh));
    talk.join();
  }
  for (auto& each : callers) {
    each.send(Ping{});
    each.receive_a<Pong>();
  }
}

TEST_F(CertificateReloadTest, KeepsTheOldOneWhereTheNewIsBroken) {
  const std::string before = shown();
  files_.replace_chain("not a certificate");
  server_->reload_certificate();
  const auto deadline = std::chrono::steady_clock::now() + TcpClient::patience;
  while (log_.text().find("stays in use") == std::string::npos &&
         std::chrono::steady_clock::now() < deadline) {
    EXPECT_EQ(shown(), before);
  }
  EXPECT_NE(log_.text().find("holds no certificate in PEM form. The certificate so far stays"),
            std::string::npos)
      << log_.text();
  EXPECT_EQ(shown(), before);
  EXPECT_TRUE(is_shown_soon(files_.replace()));
}

TEST_F(CertificateReloadTest, IsDoneWhenAskedFor) {
  server_.reset();
  ServerOptions options = tls_options(files_);
  options.timeouts.certificate_check = std::chrono::hours(1);
  server_ = std::make_unique<TestServer>(options);
  const std::string before = shown();
  const std::string fresh = files_.replace();
  EXPECT_EQ(shown(), before);
  server_->reload_certificate();
  EXPECT_TRUE(is_shown_soon(fresh));
}

TEST_F(CertificateReloadTest, WarnsOfACertificateThatHasExpired) {
  server_.reset();
  files_.replace_chain("");
  const PemFile old = issued_certificate(Certificate::Clock::now() - std::chrono::hours(24 * 400));
  ServerOptions options = tls_options(files_);
  const TemporaryFolder folder;
  options.tls.certificate = options.tls.key = folder.write("old.pem", old.text);
  server_ = std::make_unique<TestServer>(options);
  EXPECT_NE(log_.text().find("The certificate has expired"), std::string::npos);
}

}  // namespace
}  // namespace parley::testing
