#include "server/options/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <thread>

#include "server/options/admin_option.h"
#include "server/options/arguments/access.h"
#include "server/options/arguments/declare.h"
#include "server/options/arguments/limits.h"
#include "server/options/arguments/logging.h"
#include "server/options/arguments/serving.h"
#include "server/options/arguments/strict_toml.h"
#include "server/options/arguments/tokens.h"
#include "server/options/arguments/turn.h"
#include "server/options/sample_config.h"
#include "server/options/state_dir.h"
#include "server/options/suggestion.h"

namespace parley {
namespace {

// CLI11's messages may span lines; an operator gets one.
std::string one_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::ranges::replace(text, '\n', ' ');
  return text;
}

EarlyExit refuse(const std::string& reason) {
  return {bad_options_status, "parley: " + one_line(reason) + "\n"};
}

EarlyExit refuse_unknown(const CLI::App& app, const std::string& argument) {
  const std::string name = argument.substr(0, argument.find('='));
  if (!name.starts_with("-")) {
    return refuse("unexpected argument \"" + argument + "\"; options start with --");
  }
  const auto known = long_names(app);
  return refuse(
      "unknown option " + name + "; did you mean --" +
      std::string(nearest(name.substr(std::min(name.find_first_not_of('-'), name.size())), known)) +
      "?");
}

// What was given for each option, by flag, environment or file.
Settings settings_of(const CLI::App& app) {
  Settings settings;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_envname().empty()) settings[option->get_lnames().front()] = option->results();
  }
  return settings;
}

}  // namespace

std::variant<CommandLine, EarlyExit> parse_command_line(std::vector<std::string> arguments) {
  CommandLine line;
  TurnArguments turn;
  LimitArguments limits;
  AccessArguments access;
  TokenArguments tokens;
  std::filesystem::path admin_key_file;
  WebhookArguments webhook_arguments;
  line.server.threads = std::max(1u, std::thread::hardware_concurrency());
  line.server.state_dir = default_state_dir();

  CLI::App app("Parley: self-hosted video calls.", "parley");
  app.set_version_flag("--version", "parley " PARLEY_VERSION);
  app.set_help_flag("--help,-h", "print this and exit");
  app.footer(
      "parley doctor [OPTIONS] checks the machine and the options, and says what to mend.\n"
      "parley token [OPTIONS] prints a token for one person.\n"
      "Each option may also be set in the environment (PARLEY_PORT=8080) or in the file\n"
      "(port = 8080). A flag beats the environment, which beats the file.");
  app.set_config("--config", "", "TOML file with options")->envname("PARLEY_CONFIG");
  app.config_formatter(std::make_shared<StrictToml>(app));
  app.allow_extras();
  declare_serving(app, line.server);
  turn.declare(app, line.server);
  limits.declare(app, line.server.policy);
  access.declare(app);
  declare_tokens(app, tokens);
  declare_admin_key(app, admin_key_file);
  declare_webhook(app, webhook_arguments);
  declare_logging(app, line.log);
  auto* const print_config =
      app.add_flag("--print-config")
          ->description("print a configuration file with every option and exit")
          ->configurable(false);

  try {
    std::ranges::reverse(arguments);  // as CLI11 takes them
    app.parse(arguments);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    app.exit(success, text, text);
    return EarlyExit{0, text.str()};
  } catch (const CLI::ParseError& error) {
    return refuse(error.what());
  }
  const auto unknown = app.remaining();
  if (!unknown.empty()) return refuse_unknown(app, unknown.front());
  if (print_config->count() > 0) return EarlyExit{0, sample_config(app)};
  if (const auto problem = turn.apply_to(line.server)) return refuse(*problem);
  limits.apply_to(line.server.policy);
  access.apply_to(line.server.policy);
  auto token_key = read_token_key(tokens);
  if (!token_key) return refuse(token_key.error());
  line.server.token_key = std::move(*token_key);
  auto admin_key = read_admin_key(admin_key_file);
  if (!admin_key) return refuse(admin_key.error());
  line.server.admin_key = std::move(*admin_key);
  auto webhook = read_webhook(webhook_arguments);
  if (!webhook) return refuse(webhook.error());
  line.server.webhook = std::move(*webhook);
  line.settings = settings_of(app);
  return line;
}

}  // namespace parley
