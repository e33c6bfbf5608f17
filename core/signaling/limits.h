// What may come over the wire, and how much of it; PROTOCOL.md section 8 lists the same numbers for
// those who write another client.
#pragma once

#include <cstddef>

#include "core/base/time.h"

namespace parley::limits {

// One WebSocket message. A description of four sections with every codec of a browser is about
// 12 KiB; 64 KiB leaves room for several screens and cameras.
inline constexpr std::size_t frame_bytes = 64 * 1024;

// An SDP text. Below frame_bytes by what the envelope and JSON's escapes (line ends take two bytes
// more each) may add.
inline constexpr std::size_t sdp_bytes = 48 * 1024;

inline constexpr std::size_t room_bytes = 64;    // characters of A-Z a-z 0-9 - _
inline constexpr std::size_t name_bytes = 128;   // a person's name, UTF-8
inline constexpr std::size_t id_bytes = 32;      // a participant's id
inline constexpr std::size_t secret_bytes = 64;  // a resume secret
inline constexpr std::size_t candidate_bytes = 1024;
inline constexpr std::size_t candidates_with_offer = 32;
inline constexpr std::size_t fragment_bytes = 256;  // RFC 8839 section 5.4: ice-ufrag
inline constexpr std::size_t client_bytes = 64;     // the client's name for itself
inline constexpr std::size_t versions = 16;
inline constexpr std::size_t url_bytes = 512;
inline constexpr std::size_t ice_servers = 16;
inline constexpr std::size_t ice_server_urls = 8;
inline constexpr std::size_t credential_bytes = 512;

inline constexpr std::size_t password_bytes = 128;  // of a room
inline constexpr std::size_t token_bytes = 4096;    // a JWT; with RS256 its signature alone has 683
inline constexpr std::size_t identity_bytes = 128;

// What whoever runs the server tells those in a room: a few sentences, that stand beside a call.
inline constexpr std::size_t notice_bytes = 1'000;

// Most who wait to be admitted to a room; a list of them fits one frame.
inline constexpr std::size_t waiting = 64;

// The wrong passwords that a room takes at once, and how long until it takes one more: at ten a
// minute a random word of four letters holds out for a month.
inline constexpr int wrong_passwords = 10;
inline constexpr Duration wrong_password_every = Duration::seconds(6);

// Participants that a room remembers after they left, and tickets and identities that it does not
// let in any more; beyond that it forgets the oldest.
inline constexpr std::size_t remembered = 256;

// Most participants any room may be configured for; `Joined` must fit one frame.
inline constexpr std::size_t participants = 128;
inline constexpr std::size_t default_participants = 32;

// The server closes a connection after this many messages that it had to answer with an error.
inline constexpr int errors_per_connection = 16;

// From the open WebSocket to the first `hello`.
inline constexpr Duration hello_within = Duration::seconds(5);

// How long a participant whose connection broke is kept, so that it can come back as itself.
inline constexpr Duration resume_within = Duration::seconds(15);

}  // namespace parley::limits
