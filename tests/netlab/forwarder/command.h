// The one-line commands that change a network while it runs:
//
//     link NAME up|down|both KEY=VALUE …   delay=MS jitter=MS loss=PERCENT rate=KBIT open=yes|no;
//                                          what is not named stays as it is
//     block FROM TO, unblock FROM TO       one direction between two links
//     counters                             what became of the packets, as one line of JSON
#pragma once

#include <string>
#include <string_view>

#include "tests/netlab/forwarder/network.h"

namespace parley::netlab {

// Carries `line` out and returns the one line of the answer: "ok", the counters, or "error " and
// the reason; a line with an error changes nothing.
std::string run_command(Network& network, std::string_view line);

}  // namespace parley::netlab
