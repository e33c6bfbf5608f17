// Looks up the addresses of one host, for as long as those who ask have patience.
//
// getaddrinfo cannot be interrupted: with a name server that is silent it takes what resolv.conf
// says, by default 10 s for each server and search domain. So it runs in a thread of its own that
// nobody waits for; neither whoever asks nor the end of the program. There is one such thread at a
// time: whoever asks while it is there waits for its answer, too.
//
// Thread-safety: none; belongs to the thread that runs `context`.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/runtime/asio.h"
#include "server/runtime/loop_door.h"

namespace parley {

class AddressLookup {
 public:
  // In order of preference, at least one; or why there are none, a sentence without its end.
  using Answer = Result<std::vector<asio::ip::tcp::endpoint>, std::string>;

  // May take long and is called in any thread, also when everything else here has gone. Throws
  // nothing.
  using Resolver = std::function<Answer(const std::string& host, const std::string& port)>;

  // getaddrinfo.
  static Answer by_system(const std::string& host, const std::string& port);

  // `host` is a name or an address, `port` a number. `door` leads to `context`.
  AddressLookup(asio::io_context& context, std::shared_ptr<LoopDoor> door, std::string host,
                std::string port, Resolver resolver);

  // What a lookup says that runs when this is called. There is none after `until`.
  Task<Answer> addresses(std::chrono::steady_clock::time_point until);

 private:
  struct Run;

  std::shared_ptr<Run> start() const;

  asio::io_context& context_;
  std::shared_ptr<LoopDoor> door_;
  std::string host_;
  std::string port_;
  Resolver resolver_;
  std::shared_ptr<Run> run_;  // the last one; it has ended when it has an answer
};

}  // namespace parley
