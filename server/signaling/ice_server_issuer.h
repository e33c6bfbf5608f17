// Which ICE servers a client is told of: STUN servers everybody, TURN servers participants, each
// with credentials of its own that expire.
//
// Thread-safety: const after construction; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/signaling/messages.h"
#include "server/server_options.h"

namespace parley {

// This server's own TURN service, over UDP and TCP, and over TLS where the server has that.
struct OwnRelay {
  enum class Tls : std::uint8_t { Off, On };

  std::string secret;
  std::string loopback;  // what "localhost" is for its port; browsers may try the other family
  Tls tls = Tls::Off;
};

class IceServerIssuer {
 public:
  using Clock = std::chrono::system_clock;

  // Every address is a Url.
  IceServerIssuer(const std::vector<std::string>& stun_servers, TurnOptions turn,
                  std::optional<OwnRelay> own = std::nullopt);

  // The port of the own relay, of UDP and of TCP, which is offered from now on. Before other
  // threads start.
  void own_relay_listens_at(std::uint16_t port) { own_port_ = port; }

  // For who has not joined: a relay is not for strangers.
  const IceServers& for_everybody() const { return stun_; }

  // `host`: the HTTP Host by which the participant reached this server, which is then one by which
  // its browser reaches the relay; where there is none, the own relay is left out.
  IceServers for_participant(const ParticipantId& id, Clock::time_point now,
                             std::string_view host = {}) const;

  // How long the servers of for_participant() last; nothing: for ever.
  std::optional<std::uint32_t> expire_in_seconds() const;

  IceServersRenewed renewal(const ParticipantId& id, Clock::time_point now,
                            std::string_view host = {}) const;

 private:
  IceServer relay_with(IceServer server, std::string_view secret, const ParticipantId& id,
                       Clock::time_point now) const;

  IceServers stun_;
  TurnOptions turn_;
  std::optional<OwnRelay> own_;
  std::uint16_t own_port_ = 0;
};

}  // namespace parley
