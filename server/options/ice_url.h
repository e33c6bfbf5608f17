// The addresses of STUN and TURN servers. A browser makes no peer connection at all with one that
// it cannot read, so that a slip of the pen must not get that far.
#pragma once

#include <string_view>

namespace parley {

// RFC 7064: stun:HOST[:PORT] or stuns:…
bool is_stun_url(std::string_view text);

// RFC 7065: turn:HOST[:PORT][?transport=udp|tcp] or turns:…
bool is_turn_url(std::string_view text);

}  // namespace parley
