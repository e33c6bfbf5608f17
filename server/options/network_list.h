// Networks as an operator writes them.
//
// Thread-safety: any thread.
#pragma once

#include <string>
#include <vector>

#include "core/net/network.h"

namespace parley {

// A sentence where `text` is no network; empty where it is one.
std::string check_network(const std::string& text);

// Precondition: check_network() finds nothing in any of them.
std::vector<IpNetwork> networks(const std::vector<std::string>& texts);

}  // namespace parley
