// A name server on loopback that takes questions and keeps whoever asks waiting.
#pragma once

#include <cstdint>
#include <vector>

namespace parley::testing {

class SilentNameServer {
 public:
  SilentNameServer();
  // Answers as release() does, so that nobody goes on waiting.
  ~SilentNameServer();
  SilentNameServer(const SilentNameServer&) = delete;
  SilentNameServer& operator=(const SilentNameServer&) = delete;

  std::uint16_t port() const { return port_; }

  // The calling thread asks this server alone from now on, for half a minute.
  static void ask_only(std::uint16_t port);

  // Until somebody asks for the addresses of a name, of both families. Fails the test when nobody
  // does: then this machine asks no name server by itself (hosts in /etc/nsswitch.conf).
  void wait_for_questions();

  // Answers all questions so far: there is no such name.
  void release();

 private:
  struct Question;

  bool read_one(int flags);

  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::vector<Question> questions_;
};

}  // namespace parley::testing
