// Takes addresses and secrets out of a journal, so that a person can hand it on. Each is replaced
// everywhere by the same stand-in, which the core treats as it treated the original: the scrubbed
// journal replays.
//
//     IPv4 addresses       192.0.2.n, beyond 254 of them 198.51.100.n (RFC 5737)
//     IPv6 addresses       2001:db8::n (RFC 3849)
//     ICE passwords        as many x as it had characters (they are at least 22, RFC 8839)
//     passwords of rooms   one x, where there is any
//     tokens               likewise x
//     resume secrets, TURN credentials and their user names: a number for each, after as many x as
//     fit; the core asks whether they are new
//
// Names, room and the text of mDNS candidates (random already, RFC draft-ietf-mmusic-mdns-ice)
// stay.
//
// Thread-safety: distinct calls are independent.
#pragma once

#include <string>
#include <string_view>

namespace parley {

std::string scrub(std::string_view journal);

}  // namespace parley
