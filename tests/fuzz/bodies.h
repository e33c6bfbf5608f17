// The bodies of the fuzz targets. They abort on what must not be.
//
// Thread-safety: each may run on one thread at a time.
#pragma once

#include <string_view>

namespace parley::fuzz {

// A message, from a client and from a server: read, written and read again it is the same.
void codec(std::string_view bytes);

// Events of up to ten connections to a Room, one a line: `3 {"type":"join",…}`, `3 gone`, `0 wait`.
void room(std::string_view bytes);

// A Call in the state that the first line names (see start_states.h), then its inputs, one a line.
void call(std::string_view bytes);

// A STUN message or the beginning of a stream of frames.
void stun(std::string_view bytes);

// A token as a client sends it, and the same bytes as the claims of one that is signed.
void token(std::string_view bytes);

// Packets to a TURN machine; see turn.cpp for how they are cut.
void turn(std::string_view bytes);

// A request: its lines are method, target, Host (and Accept-Encoding), Origin (and If-None-Match),
// and an origin that is allowed.
void http(std::string_view bytes);

// A configuration file.
void config(std::string_view bytes);

}  // namespace parley::fuzz
