// The options about limits of addresses and WebSockets.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/limits/policy.h"

namespace CLI {
class App;
}

namespace parley {

// As they are written.
class LimitArguments {
 public:
  // This and `policy` must live until the options of `app` are read.
  void declare(CLI::App& app, Policy& policy);

  // After that: puts what was written into `policy`.
  void apply_to(Policy& policy) const;

 private:
  std::vector<std::string> unlimited_{"127.0.0.0/8", "::1"};
};

}  // namespace parley
