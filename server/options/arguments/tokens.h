// The options about keys: whether tokens are asked for, and whose requests the API answers.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

#include "server/options/token_options.h"

namespace parley {

void declare_tokens(CLI::App& app, TokenArguments& tokens);
void declare_admin_key(CLI::App& app, std::filesystem::path& file);

}  // namespace parley
