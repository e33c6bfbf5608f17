// The receiver in docs/api.md, as it stands there.
#include <gtest/gtest.h>

#include <string>

#include "tests/server/support/caller.h"
#include "tests/server/support/metrics.h"
#include "tests/server/support/process.h"
#include "tests/server/support/temporary_folder.h"
#include "tests/server/support/test_server.h"
#include "tests/server/support/webhook_receiver.h"
#include "tests/support/files.h"

namespace parley::testing {
namespace {

std::string documented_receiver() {
  const auto page = read_file(source_path("docs/api.md"));
  const std::string fence = "```js\n";
  const auto begin = page.find(fence) + fence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

class DocumentedReceiver : public ::testing::Test {
 protected:
  // A server whose webhooks are signed with `secret` and go to the receiver.
  ServerOptions telling(const std::string& secret) const {
    auto options = test_options();
    options.webhook = webhook_to(port_);
    options.webhook->secret = secret;
    return options;
  }

  const std::uint16_t port_ = free_port();
  const TemporaryFolder folder_;
  const std::string script_ = folder_.write("receiver.mjs", documented_receiver()).string();
  const std::string secret_ =
      folder_.write("webhook.secret", std::string(test_webhook_secret) + "\n").string();
};

TEST_F(DocumentedReceiver, TakesWhatTheServerSignedAndNothingElse) {
  ASSERT_TRUE(has_program("node")) << "node runs the receiver; scripts/test installs it";
  const Process node({"env", "PORT=" + std::to_string(port_), "node", script_, secret_});
  const TestServer genuine(telling(test_webhook_secret));
  Caller ana(genuine.port());
  ana.join("demo");
  wait_for_metric(genuine.port(), "parley_webhooks_delivered_total", 2);

  const TestServer false_one(telling(std::string(32, 'x')));
  Caller ben(false_one.port());
  ben.join("demo");
  wait_for_metric(false_one.port(), "parley_webhook_failures_total", 1);
  EXPECT_EQ(metric(false_one.port(), "parley_webhooks_delivered_total"), 0u);
}

}  // namespace
}  // namespace parley::testing
