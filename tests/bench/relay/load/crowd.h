// Many clients in rooms of two.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "load/connection.h"
#include "load/dialect.h"

namespace bench {

using Clock = std::chrono::steady_clock;

class Crowd {
 public:
  // Connects two clients for each room and waits until each can reach its other one. Throws when a
  // connection fails, or when the server takes longer than a minute.
  Crowd(const Dialect& dialect, const Target& target, std::size_t rooms);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  const std::vector<std::unique_ptr<Connection>>& connections() const { return connections_; }

  // Reads and writes what is due until `deadline`, or until the next event if that comes first.
  void serve_until(Clock::time_point deadline, const Connection::OnMessage& on_message);

  // Sends one frame over one of the connections.
  void send(Connection& connection, std::string_view frame);

 private:
  void add(const Dialect& dialect, const Target& target, const std::string& room);
  void wait_until_ready();

  int epoll_;
  std::vector<std::unique_ptr<Connection>> connections_;
};

}  // namespace bench
