#include "server/options/arguments/strict_toml.h"

#include <algorithm>
#include <cstdlib>

#include "server/options/suggestion.h"

namespace parley {

std::vector<CLI::ConfigItem> StrictToml::from_config(std::istream& input) const {
  auto items = CLI::ConfigTOML::from_config(input);
  const auto known = long_names(app_);
  for (const auto& item : items) {
    const std::string key = item.fullname();
    if (std::ranges::find(known, key) != known.end()) continue;
    throw CLI::ConfigError("the configuration file has an unknown key \"" + key +
                           "\"; did you mean \"" + std::string(nearest(key, known)) + "\"?");
  }
  // CLI11 itself would let the file beat the environment.
  std::erase_if(items, [this](const CLI::ConfigItem& item) {
    return std::getenv(app_.get_option("--" + item.name)->get_envname().c_str()) != nullptr;
  });
  return items;
}

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

}  // namespace parley
