#include "server/options/token_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <sstream>

#include "server/options/token_options.h"

namespace parley {
namespace {

// As they are written.
struct Wanted {
  std::string room;
  std::string name;
  std::string identity;
  std::string role = "guest";
  std::int64_t hours = 24;
  std::filesystem::path secret_file;
};

EarlyExit refuse_token(const std::string& reason) {
  return {bad_options_status, "parley token: " + reason + "\n"};
}

EarlyExit issue(const Wanted& wanted) {
  const auto key = read_token_secret(wanted.secret_file);
  if (!key) return refuse_token(key.error());
  const std::string identity = wanted.identity.empty() ? wanted.name : wanted.identity;
  if (!RoomId::accepts(wanted.room))
    return refuse_token("\"" + wanted.room + "\" is no room's name");
  if (!Name::accepts(wanted.name)) return refuse_token("the name is too long");
  if (identity.empty() || !Identity::accepts(identity)) {
    return refuse_token("a token needs a --name or an --identity that is not too long");
  }
  constexpr auto names = names_of(Standing());
  const auto role = std::find(names.begin(), names.end(), wanted.role) - names.begin();
  AccessToken token{RoomId(wanted.room), Identity(identity), static_cast<Standing>(role),
                    std::nullopt,
                    std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
                        std::chrono::hours(wanted.hours)};
  if (!wanted.name.empty()) token.name = Name(wanted.name);
  const auto text = issue_token(*key, token);
  return text ? EarlyExit{0, *text + "\n"} : refuse_token("the token could not be signed");
}

}  // namespace

EarlyExit run_token_command(std::vector<std::string> arguments) {
  Wanted wanted;
  CLI::App app("Prints a token for one person and one room.", "parley token");
  app.set_help_flag("--help,-h", "print this and exit");
  app.add_option("--room", wanted.room, "the room that it opens")->required();
  app.add_option("--name", wanted.name, "the person's name as the others see it");
  app.add_option("--identity", wanted.identity, "who it is, for a ban; by default the name");
  app.add_option("--role", wanted.role,
                 "guest, successor (becomes a host if there is none) or host")
      ->check(CLI::IsMember({"guest", "successor", "host"}))
      ->capture_default_str();
  app.add_option("--hours", wanted.hours, "for how long it is good")
      ->check(CLI::Range(1, 24 * 366))
      ->capture_default_str();
  app.add_option("--token-secret-file", wanted.secret_file, "file with the server's secret")
      ->required();
  try {
    std::ranges::reverse(arguments);  // as CLI11 takes them
    app.parse(arguments);
  } catch (const CLI::Success& success) {
    std::ostringstream text;
    app.exit(success, text, text);
    return {0, text.str()};
  } catch (const CLI::ParseError& error) {
    return refuse_token(error.what());
  }
  return issue(wanted);
}

}  // namespace parley
