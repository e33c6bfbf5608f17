// The options of the program: flags, PARLEY_* in the environment and a TOML file, from one
// declaration. A flag beats the environment, which beats the file.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "server/logging/log_options.h"
#include "server/server_options.h"

namespace parley {

// By the name of each option, what was given for it; nothing: its default.
using Settings = std::map<std::string, std::vector<std::string>>;

struct CommandLine {
  ServerOptions server;
  LogOptions log;
  Settings settings;
};

constexpr int bad_options_status = 2;

// The program is to print `text` and to end with `exit_status`: 0 after --help and --version,
// bad_options_status for bad options (then `text` is one line that says which and why).
struct EarlyExit {
  int exit_status = 0;
  std::string text;
};

// `arguments` without the program's name; the environment is read too. Thread-safety: none, because
// of the environment; call it while no other thread changes that.
std::variant<CommandLine, EarlyExit> parse_command_line(std::vector<std::string> arguments);

}  // namespace parley
