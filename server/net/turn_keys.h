// The secrets of this server's own TURN service.
//
// Thread-safety: any thread.
#pragma once

#include <string>

#include "server/server_options.h"
#include "server/signaling/resume_tickets.h"

namespace parley {

struct TurnKeys {
  std::string credentials;  // see core/net/turn/rest_credentials.h
  std::string nonces;       // 32 bytes
};

// Both follow from the key that outlives a restart, so that credentials do, too. `shared`: the
// secret that the operator gave, for servers that know each other's credentials; empty: none.
TurnKeys derive_turn_keys(const ResumeKey& key, const TurnSecret& shared);

}  // namespace parley
