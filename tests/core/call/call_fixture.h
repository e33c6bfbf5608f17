// A Call that a test feeds, and what it yields.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "core/call/call.h"

namespace parley {

class CallFixture : public ::testing::Test {
 protected:
  void feed(const Input& input) {
    outputs_.clear();
    call_.handle(input, now_);
    while (auto output = call_.poll()) outputs_.push_back(std::move(*output));
  }

  // From the server, over the socket that is in use.
  void receive(const ServerMessage& message) {
    feed(input::SocketMessage{socket_, encode(message)});
  }

  // The outputs of one kind since the last input.
  template <class Wanted>
  std::vector<Wanted> given() const {
    std::vector<Wanted> found;
    for (const auto& output : outputs_) {
      if (const auto* match = std::get_if<Wanted>(&output)) found.push_back(*match);
    }
    return found;
  }

  // The messages of one kind that were sent.
  template <class Message>
  std::vector<Message> sent() const {
    std::vector<Message> found;
    for (const auto& send : given<output::Send>()) {
      const auto decoded = decode_client_message(send.text);
      const auto* match = decoded ? std::get_if<Message>(&*decoded) : nullptr;
      if (match) found.push_back(*match);
    }
    return found;
  }

  // The connection to the server breaks, and the next one is asked for.
  void lose_socket() {
    feed(input::SocketClosed{socket_, 1006});
    now_ = now_ + Duration::seconds(5);
    feed(input::Tick{});
    socket_ = given<output::OpenSocket>().at(0).socket;
  }

  Call call_{CallOptions{1, ClientName("test")}};
  Timestamp now_;
  SocketId socket_{1};
  std::vector<Output> outputs_;
};

}  // namespace parley
