#include "tests/server/support/test_server.h"

#include <stdexcept>

namespace parley::testing {

WebFolder::WebFolder() {
  folder_.write("secret.txt", secret);
  folder_.write("web/index.html", "<title>start</title>");
  folder_.write("web/call.html", "<title>call</title>");
  folder_.write("web/embed.html", "<title>embed</title>");
  folder_.write("web/parley.js", "export const plain = 1;");
  folder_.write("web/parley.js.br", "packed by brotli");
  folder_.write("web/parley.js.gz", "packed by gzip");
  folder_.write("web/parley.wasm", std::string_view("\0asm", 4));
  folder_.write("web/locale/de-7XKQ2ABC.js", "export default {};");
}

ServerOptions test_options() {
  ServerOptions options;
  options.port = 0;
  options.threads = 2;
  options.relay.turn = OwnTurn::Off;  // its own tests switch it on
  // Likewise: tests send as fast as they can.
  options.policy.websocket = {Rate{}, Rate{}, Rate{}};
  return options;
}

TestServer::TestServer(ServerOptions options) {
  options.web_root = web_.path();
  auto started = Server::start(std::move(options));
  if (!started) throw std::runtime_error(started.error());
  server_ = std::move(*started);
}

}  // namespace parley::testing
