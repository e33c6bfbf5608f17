#include "server/options/sample_config.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string_view>

namespace parley {
namespace {

constexpr std::string_view head =
    "# The options of Parley's server, each with its default. Take away the # before an option to\n"
    "# set it. The same names work as flags (--port 9000) and in the environment\n"
    "# (PARLEY_PORT=9000); a flag beats the environment, which beats this file.\n";

std::string in_quotes(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

// CLI11 writes a list as [a,b].
std::string list_of(const std::string& written) {
  if (written.size() <= 2) return "[]";
  std::istringstream members(written.substr(1, written.size() - 2));
  std::string result;
  for (std::string member; std::getline(members, member, ',');) {
    result += (result.empty() ? "" : ", ") + in_quotes(member);
  }
  return "[" + result + "]";
}

std::string value_of(const CLI::Option& option) {
  const std::string& written = option.get_default_str();
  const bool is_flag = option.get_type_size() == 0;
  if (is_flag) return "false";
  if (option.get_expected_max() > 1) return list_of(written);
  const std::string type = option.get_type_name();
  const bool is_number = type.starts_with("INT") || type.starts_with("UINT");
  return is_number ? written : in_quotes(written);
}

// What stands on the command line only: --help, --version, --config and the like.
bool belongs_into_a_file(const CLI::Option& option) {
  return option.get_configurable() && !option.get_envname().empty();
}

}  // namespace

std::string sample_config(const CLI::App& app) {
  std::ostringstream file;
  file << head;
  for (const CLI::Option* option : app.get_options()) {
    if (option == app.get_config_ptr() || !belongs_into_a_file(*option)) continue;
    file << '\n';
    std::istringstream lines(option->get_description());
    for (std::string line; std::getline(lines, line);) file << "# " << line << '\n';
    file << '#' << option->get_lnames().front() << " = " << value_of(*option) << '\n';
  }
  return file.str();
}

}  // namespace parley
