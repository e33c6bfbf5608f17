// More than the server may take.
#include <chrono>
#include <string>

#include "tests/server/bad_input/bad_input_test.h"

namespace parley::testing {
namespace {

ServerOptions small() {
  ServerOptions options = test_options();
  options.max_connections = 4;  // two of them are the other call's
  return options;
}

class OverloadTest : public BadInputTest {
 protected:
  OverloadTest() : BadInputTest(small()) {}

  void wait_for_open_connections(int count) {
    const auto line = "\nparley_connections " + std::to_string(count) + "\n";
    const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (fetch(port(), "/metrics").body.find(line) == std::string::npos) {
      ASSERT_LT(std::chrono::steady_clock::now(), give_up_at) << "no place became free";
    }
  }

  void expect_full() {
    WebSocketClient late(port());
    const auto text = late.receive_text();
    ASSERT_TRUE(text);
    EXPECT_NE(text->find("\"server-full\""), std::string::npos);
    EXPECT_EQ(late.receive_close(), 1013);
  }
};

TEST_F(OverloadTest, OneConnectionTooManyIsToldAndClosedWith1013) {
  Caller third(port());
  Caller fourth(port());
  expect_full();
  expect_full();
  third.join("still-works");
  // A place that becomes free is given to the next. The answer to the close frame comes before the
  // server has done away with the connection, so the place is waited for.
  fourth.socket().send_frame(Opcode::Close, "\x03\xe8");
  fourth.socket().receive_close();
  wait_for_open_connections(3);
  Caller next(port());
  next.join("still-works");
}

}  // namespace
}  // namespace parley::testing
