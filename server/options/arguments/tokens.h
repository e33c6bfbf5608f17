// The options about keys: whether tokens are asked for, whose requests the API answers, and whom
// the server tells what happens.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>

#include "server/options/token_options.h"
#include "server/options/webhook_option.h"

namespace parley {

void declare_tokens(CLI::App& app, TokenArguments& tokens);
void declare_admin_key(CLI::App& app, std::filesystem::path& file);
void declare_webhook(CLI::App& app, WebhookArguments& webhook);

}  // namespace parley
