#include "tests/server/support/silent_name_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <resolv.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace parley::testing {
namespace {

constexpr timeval longest_silence{10, 0};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

struct SilentNameServer::Question {
  std::vector<unsigned char> packet;
  sockaddr_in from{};
};

SilentNameServer::SilentNameServer() : socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  auto address = loopback(0);
  socklen_t size = sizeof address;
  if (bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("a name server cannot listen");
  }
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest_silence, sizeof longest_silence);
  port_ = ntohs(address.sin_port);
}

SilentNameServer::~SilentNameServer() {
  release();
  ::close(socket_);
}

void SilentNameServer::ask_only(std::uint16_t port) {
  res_init();
  _res.nscount = 1;
  _res.nsaddr_list[0] = loopback(port);
  _res.retrans = 30;  // seconds
  _res.retry = 1;
  _res.options &= ~static_cast<unsigned long>(RES_DNSRCH | RES_DEFNAMES);
}

void SilentNameServer::wait_for_questions() {
  // One for each family; they come together.
  EXPECT_TRUE(read_one(0) && read_one(0)) << "nobody asks";
}

void SilentNameServer::release() {
  while (read_one(MSG_DONTWAIT)) {
  }
  for (auto& [packet, from] : questions_) {
    // RFC 1035 section 4.1.1: an answer, with the code for a name that does not exist.
    packet[2] |= 0x80;
    packet[3] = 0x83;
    sendto(socket_, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&from),
           sizeof from);
  }
  questions_.clear();
}

bool SilentNameServer::read_one(int flags) {
  std::array<unsigned char, 1024> buffer{};
  Question question;
  socklen_t size = sizeof question.from;
  const auto got = recvfrom(socket_, buffer.data(), buffer.size(), flags,
                            reinterpret_cast<sockaddr*>(&question.from), &size);
  if (got < 12) return false;  // a header
  question.packet.assign(buffer.begin(), buffer.begin() + got);
  questions_.push_back(std::move(question));
  return true;
}

}  // namespace parley::testing
