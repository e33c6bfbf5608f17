#include "server/options/state_dir.h"

#include <cstdlib>
#include <string_view>

namespace parley {
namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::filesystem::path default_state_dir() {
  // systemd separates several folders by colons (systemd.exec(5)); the first is ours.
  const std::string_view given = environment("STATE_DIRECTORY");
  if (!given.empty()) return given.substr(0, given.find(':'));
  const std::filesystem::path xdg = environment("XDG_STATE_HOME");
  if (xdg.is_absolute()) return xdg / "parley";
  const std::filesystem::path home = environment("HOME");
  return home.is_absolute() ? home / ".local/state/parley" : std::filesystem::path();
}

}  // namespace parley
