// Which ICE servers a client is told of: STUN servers everybody, TURN servers participants, each
// with credentials of its own that expire.
//
// Thread-safety: const after construction; any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/signaling/messages.h"
#include "server/server_options.h"

namespace parley {

class IceServerIssuer {
 public:
  using Clock = std::chrono::system_clock;

  // Every address is a Url.
  IceServerIssuer(const std::vector<std::string>& stun_servers, TurnOptions turn);

  // For who has not joined: a relay is not for strangers.
  const IceServers& for_everybody() const { return stun_; }

  IceServers for_participant(const ParticipantId& id, Clock::time_point now) const;

  // How long the servers of for_participant() last; nothing: for ever.
  std::optional<std::uint32_t> expire_in_seconds() const;

  IceServersRenewed renewal(const ParticipantId& id, Clock::time_point now) const;

 private:
  IceServers stun_;
  TurnOptions turn_;
};

}  // namespace parley
