// A peer whose path works, for tests of what is done when it does not.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <variant>
#include <vector>

#include "core/call/peer.h"

namespace parley {

class PeerTest : public ::testing::Test {
 protected:
  // This side arrived later, made the offer, and is connected.
  PeerTest() {
    around_.own_arrival = Arrival(2);
    ben_.id = ParticipantId("ben");
    ben_.arrival = Arrival(1);
    ben_.media.audio = Sending::On;
    effects_.set_joined_socket(SocketId(1));
    peer_ = Peer(effects_, around_, ben_, std::nullopt);
    negotiate();
    peer_.path_changed(effects_, around_, newest(), PathState::Connected);
  }

  // Outputs since this was last called.
  template <class Wanted>
  std::vector<Wanted> given() {
    std::vector<Wanted> found;
    while (const auto output = effects_.take()) {
      if (const auto* match = std::get_if<Wanted>(&*output)) {
        found.push_back(*match);
      }
      if (const auto* set = std::get_if<output::SetLocal>(&*output)) pending_ = set->action;
      if (const auto* set = std::get_if<output::SetRemote>(&*output)) pending_ = set->action;
    }
    return found;
  }

  // The own offer is made, and answered by the same peer connection as before.
  void negotiate() {
    given<output::View>();
    peer_.action_done(effects_, around_, pending_, Sdp("a=ice-ufrag:me\r\n"));
    peer_.received(effects_, around_,
                   Answer{OfferId(++offers_), LinkId(7), Sdp("a=ice-ufrag:far\r\n")});
    given<output::View>();
    peer_.action_done(effects_, around_, pending_, std::nullopt);
  }

  LinkId shown() const { return *peer_.view().link; }
  LinkId newest() const { return peer_.view().successor.value_or(shown()); }

  void have_a_relay() {
    IceServer relay;
    relay.urls.push_back(Url("turn:turn.example.org"));
    around_.ice_servers.push_back(relay);
  }

  // The path fails, and so many attempts do not help.
  void fail(int attempts) {
    peer_.path_changed(effects_, around_, newest(), PathState::Failed);
    for (int attempt = 1; attempt <= attempts; ++attempt) {
      wait_for_the_next_step();
      negotiate();
    }
    given<output::View>();
  }

  // Packets stop, and another link is offered; what came before is forgotten.
  void begin_a_successor() {
    peer_.fell_silent(effects_, around_, shown());
    peer_.time_passed(effects_, around_);
    given<output::View>();
  }

  void wait_for_the_next_step() {
    effects_.set_now(*peer_.next_timeout());
    peer_.time_passed(effects_, around_);
  }

  Effects effects_{1};
  Surroundings around_;
  Participant ben_;
  Peer peer_;
  ActionId pending_;
  std::uint32_t offers_ = 0;
};

}  // namespace parley
