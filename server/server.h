// The whole server as an object: what main() runs, and tests run in their own process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "server/server_options.h"

namespace parley {

class Service;
class Listener;

// Thread-safety: one thread at a time.
class Server {
 public:
  // Loads the web folder, listens and starts the threads. The error is a sentence for the operator.
  static Result<std::unique_ptr<Server>, std::string> start(ServerOptions options);

  // Drops what is still connected.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // The port that is listened on; the one the system chose where the options said 0.
  std::uint16_t port() const;

  // SHA-256 of the certificate where the server made it itself, for people to compare with what
  // their browser shows; otherwise empty.
  std::string self_signed_fingerprint() const;

  // Reads the certificate's files anew; connections stay as they are. A certificate that is no good
  // is logged, and the one so far stays in use. Does nothing without TLS.
  void reload_certificate();

  // Lets clients do what `policy` says from now on; connections stay. Returns before every thread
  // knows of it.
  void change(Policy policy);

  // Whom the server tells what happens in its rooms from now on, if anybody. Webhooks that wait go
  // there, too; without anybody they are dropped.
  void change_webhook(std::optional<WebhookOptions> receiver);

  // Accepts nothing new, tells every client that the server is shutting down, and waits until the
  // last has gone and every webhook was taken, or for Timeouts::drain. Call once.
  void drain();

 private:
  explicit Server(std::unique_ptr<Service> service);

  std::unique_ptr<Service> service_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace parley
