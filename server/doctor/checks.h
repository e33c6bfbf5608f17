// The checks of `parley doctor`. Each looks at the machine as the server would with `options`, and
// changes nothing.
//
// Thread-safety: any thread.
#pragma once

#include <chrono>
#include <vector>

#include "core/net/turn/relays.h"
#include "server/doctor/finding.h"
#include "server/server_options.h"

namespace parley {

using WallClock = std::chrono::system_clock;

// Readable, matching its key, for which names, until when; or why there is none.
Findings check_certificate(const ServerOptions& options, WallClock::time_point now);

// Whether the TCP port and the UDP port can be had, and who has them.
Findings check_ports(const ServerOptions& options);

// Whether anybody can reach what the server announces. `relays` as relay_addresses() yields them.
Findings check_addresses(const ServerOptions& options,
                         const std::vector<turn::RelayAddress>& relays);

// Whether the time can be right, by what the machine knows without asking anybody.
Findings check_clock(const ServerOptions& options, WallClock::time_point now);

// `limit`: of open files.
Findings check_file_limit(const ServerOptions& options, std::uint64_t limit);

Findings check_folders(const ServerOptions& options);

}  // namespace parley
