// Under which names and addresses this machine may be reached.
#pragma once

#include <string>
#include <vector>

namespace parley {

// "localhost" and the host's name first, then addresses as inet_ntop(3) writes them, those of
// loopback first. Without what changes by itself: link-local addresses, and the temporary ones that
// IPv6 makes for privacy (RFC 8981). Each once. Any thread.
std::vector<std::string> machine_names();

}  // namespace parley
