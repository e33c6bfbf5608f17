// The options that say whether tokens are asked for.
#pragma once

#include <CLI/CLI.hpp>

#include "server/options/token_options.h"

namespace parley {

void declare_tokens(CLI::App& app, TokenArguments& tokens);

}  // namespace parley
