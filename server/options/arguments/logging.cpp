#include "server/options/arguments/logging.h"

#include "server/options/arguments/declare.h"

namespace parley {

void declare_logging(CLI::App& app, LogOptions& options) {
  declare(app, "log-level", options.level, "trace, debug, info, warn, error or off")
      ->check(CLI::IsMember({"trace", "debug", "info", "warn", "error", "off"}));
  app.add_option_function<std::string>(
         "--log-format",
         [&options](const std::string& name) {
           options.format = name == "json" ? LogFormat::Json : LogFormat::Plain;
         },
         "plain, a line for people, or json, an object a line")
      ->envname(environment_name("log-format"))
      ->default_str("plain")
      ->check(CLI::IsMember({"plain", "json"}));
  app.add_flag_callback(
         "--log-addresses", [&options] { options.addresses = LoggedAddresses::Shown; },
         "log the addresses of clients, which are left out otherwise")
      ->envname(environment_name("log-addresses"));
}

}  // namespace parley
