// `parley token`: prints a token, for who has no application that makes them.
#pragma once

#include <string>
#include <vector>

#include "server/options/command_line.h"

namespace parley {

// `arguments` without "parley token". The text is the token, help, or one line that says what is
// wrong.
EarlyExit run_token_command(std::vector<std::string> arguments);

}  // namespace parley
