// A whole server in the test's process, on a port the system chose, with a small web folder.
#pragma once

#include <cstdint>
#include <memory>

#include "server/server.h"
#include "tests/server/support/temporary_folder.h"

namespace parley::testing {

// A folder with the pages a server cannot do without, a script with its packed forms and, beside
// the folder, a file that must never be served.
class WebFolder {
 public:
  static constexpr std::string_view secret = "nobody may read this";

  WebFolder();
  std::filesystem::path path() const { return folder_.path() / "web"; }

 private:
  TemporaryFolder folder_;
};

// Two threads, so that rooms and connections meet across shards.
ServerOptions test_options();

class TestServer {
 public:
  // Fails the test when the server does not start.
  explicit TestServer(ServerOptions options = test_options());

  std::uint16_t port() const { return server_->port(); }
  void drain() { server_->drain(); }
  void change(Policy policy) { server_->change(std::move(policy)); }
  void reload_certificate() { server_->reload_certificate(); }

 private:
  WebFolder web_;
  std::unique_ptr<Server> server_;
};

}  // namespace parley::testing
