// TOML of which every key must be an option, so that a slip of the pen is not silently a default.
//
// Thread-safety: none; reads the environment.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace parley {

class StrictToml : public CLI::ConfigTOML {
 public:
  // `app` has the options and must outlive this.
  explicit StrictToml(const CLI::App& app) : app_(app) {}

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

 private:
  const CLI::App& app_;
};

// Of the options of `app`, without the dashes.
std::vector<std::string> long_names(const CLI::App& app);

}  // namespace parley
