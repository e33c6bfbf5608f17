// Where the server keeps what outlives a restart, when nobody says.
#pragma once

#include <filesystem>

namespace parley {

// By the environment: systemd's STATE_DIRECTORY, else "parley" in XDG_STATE_HOME or, as the XDG
// base directory specification has it, in ~/.local/state. Empty where there is none of these.
//
// Thread-safety: reads the environment; at start only.
std::filesystem::path default_state_dir();

}  // namespace parley
