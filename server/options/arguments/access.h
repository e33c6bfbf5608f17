// The options about from where the server may be used: sites and proxies.
#pragma once

#include <string>
#include <vector>

#include "server/limits/policy.h"

namespace CLI {
class App;
}

namespace parley {

// As they are written.
class AccessArguments {
 public:
  // This must live until the options of `app` are read.
  void declare(CLI::App& app);

  // After that: puts what was written into `policy`.
  void apply_to(Policy& policy) const;

 private:
  std::vector<std::string> origins_{"*"};
  std::vector<std::string> embedders_{"*"};
  std::vector<std::string> trusted_proxies_;
};

}  // namespace parley
