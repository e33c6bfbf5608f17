// What the parts of a call have in common while they handle one input: asking the host for
// something, sending a message, drawing a number, the rules by which they try again. Kept apart
// from them so that each part can be tested by itself.
#pragma once

#include <deque>
#include <optional>
#include <utility>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/call/output.h"
#include "core/call/policies.h"
#include "core/call/types.h"
#include "core/signaling/messages.h"

namespace parley {

class Effects {
 public:
  explicit Effects(std::uint64_t seed = 0, const std::optional<Policies>& policies = std::nullopt)
      : random_(seed), policies_(policies) {}

  void emit(Output output) { outputs_.push_back(std::move(output)); }

  std::optional<Output> take() {
    if (outputs_.empty()) return std::nullopt;
    auto output = std::move(outputs_.front());
    outputs_.pop_front();
    return output;
  }

  // Sends a signal to another participant. While the server is out of reach it goes nowhere: both
  // sides negotiate anew once they see each other again.
  void signal(const ParticipantId& to, Arrival arrival, SignalPayload payload) {
    if (joined_socket_) {
      emit(output::Send{*joined_socket_,
                        encode(ClientMessage(SignalTo{to, arrival, std::move(payload)}))});
    }
  }

  // The socket over which this participant is in the room, as long as it is.
  void set_joined_socket(std::optional<SocketId> socket) { joined_socket_ = socket; }
  bool can_signal() const { return joined_socket_.has_value(); }

  ActionId next_action() { return last_action_ = last_action_.next(); }
  LinkId next_link() { return last_link_ = last_link_.next(); }
  OfferId next_offer() { return last_offer_ = last_offer_.next(); }
  SocketId next_socket() { return last_socket_ = last_socket_.next(); }

  Random& random() { return random_; }

  const Policies& policies() const {
    static constexpr Policies defaults;
    return policies_ ? *policies_ : defaults;
  }

  Timestamp now() const { return now_; }
  void set_now(Timestamp now) { now_ = now; }

  // What a snapshot needs; the queue of outputs is empty between inputs.
  static constexpr auto fields() {
    return std::tuple(
        field("lastAction", &Effects::last_action_), field("lastLink", &Effects::last_link_),
        field("lastOffer", &Effects::last_offer_), field("lastSocket", &Effects::last_socket_),
        field("joinedSocket", &Effects::joined_socket_), field("random", &Effects::random_),
        field("policies", &Effects::policies_), field("now", &Effects::now_));
  }

 private:
  std::deque<Output> outputs_;
  ActionId last_action_;
  LinkId last_link_;
  OfferId last_offer_;
  SocketId last_socket_;
  std::optional<SocketId> joined_socket_;
  Random random_;
  std::optional<Policies> policies_;  // nothing: the defaults, which a snapshot need not repeat
  Timestamp now_;
};

}  // namespace parley
