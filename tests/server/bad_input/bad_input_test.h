// What the tests of bad input share: a server, and another call that must not notice.
#pragma once

#include <gtest/gtest.h>

#include "tests/server/support/caller.h"
#include "tests/server/support/http_client.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {

class BadInputTest : public ::testing::Test {
 protected:
  explicit BadInputTest(ServerOptions options = test_options()) : server_(std::move(options)) {}

  // After whatever a test did: the server lives and the other call goes on.
  void TearDown() override {
    EXPECT_EQ(fetch(server_.port(), "/healthz").status, 200);
    other_call_.expect_goes_on();
  }

  std::uint16_t port() const { return server_.port(); }

  TestServer server_;
  OtherCall other_call_{server_.port()};
};

}  // namespace parley::testing
