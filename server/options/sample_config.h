// The configuration file to begin with: every option, commented, with its default.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace parley {

// TOML in which each line that sets an option is commented out, so that the file as it is changes
// nothing. The defaults are those of this machine, before the environment and a file are read.
std::string sample_config(const CLI::App& app);

}  // namespace parley
