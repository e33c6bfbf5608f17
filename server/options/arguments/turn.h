// The options about TURN: servers elsewhere, and the one of this server.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/server_options.h"

namespace CLI {
class App;
}

namespace parley {

// As they are written.
class TurnArguments {
 public:
  // This and `options` must live until the options of `app` are read.
  void declare(CLI::App& app, ServerOptions& options);

  // After that: puts what was written into `options`. The error is a sentence.
  std::optional<std::string> apply_to(ServerOptions& options) const;

 private:
  void declare_servers(CLI::App& app, TurnOptions& options);
  void declare_own(CLI::App& app, RelayOptions& options);

  std::filesystem::path secret_file_;
  std::chrono::seconds::rep ttl_seconds_ = std::chrono::seconds(TurnOptions().ttl).count();
  std::string turn_ = "on";
  std::vector<std::string> external_ips_;
  std::string ports_ = "49152-65535";
  std::vector<std::string> allowed_peers_;
  std::uint64_t kilobits_per_second_ = RelayOptions().bits_per_second / 1000;
};

}  // namespace parley
