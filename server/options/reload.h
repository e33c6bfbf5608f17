// What of the configuration changes while the server runs.
//
// Thread-safety: free functions without state.
#pragma once

#include <string>
#include <vector>

#include "server/options/command_line.h"

namespace parley {

// Whether the option `name` takes effect without a restart: limits, sites, proxies, webhooks,
// the log.
bool changes_while_running(const std::string& name);

// The options that are not as at the start and need a restart, in alphabetical order.
std::vector<std::string> that_need_restart(const Settings& at_start, const Settings& now);

}  // namespace parley
