// Credentials for a TURN server that shares a secret with this one and needs to know nothing else
// of it (draft-uberti-behave-turn-rest-00 section 2.2, coturn's use-auth-secret):
//
//     username = expiry ":" id      credential = base64(HMAC-SHA1(secret, username))
//
// The expiry is in seconds since 1970; both servers' clocks must agree to some seconds.
//
// Thread-safety: any thread.
#pragma once

#include <chrono>
#include <string_view>

#include "core/signaling/types.h"

namespace parley {

struct TurnCredentials {
  Credential username;
  Credential credential;
};

TurnCredentials make_turn_credentials(std::string_view secret, const ParticipantId& id,
                                      std::chrono::system_clock::time_point expiry);

}  // namespace parley
