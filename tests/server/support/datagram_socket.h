// A UDP (or UDP-Lite) socket of this machine to send to and to receive from.
#pragma once

#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "server/net/file_descriptor.h"
#include "server/net/socket_address.h"
#include "server/net/socket_option.h"

namespace parley::testing {

class DatagramSocket {
 public:
  // At any free port of the address. `protocol` is one of IPPROTO_…; where the kernel does not have
  // it, number() is -1.
  explicit DatagramSocket(std::string_view ip = "127.0.0.1", int protocol = IPPROTO_UDP) {
    const TransportAddress wished{*IpAddress::parse(ip), 0};
    family_ = wished.ip.family() == AddressFamily::Ipv4 ? AF_INET : AF_INET6;
    socket_ =
        FileDescriptor(::socket(family_, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
    SocketAddress name{};
    socklen_t size = to_socket_address(wished, family_, name);
    if (bind(socket_.get(), &name.any, size) != 0) return;
    size = sizeof name;
    if (getsockname(socket_.get(), &name.any, &size) == 0) address_ = from_socket_address(name);
  }

  int number() const { return socket_.get(); }
  int family() const { return family_; }
  const TransportAddress& address() const { return address_; }

  // The next datagram and whence it came; empty where none comes within two seconds.
  std::pair<std::string, TransportAddress> receive() const {
    pollfd ready{socket_.get(), POLLIN, 0};
    constexpr int milliseconds = 2000;
    if (poll(&ready, 1, milliseconds) != 1) return {};
    SocketAddress name{};
    socklen_t size = sizeof name;
    std::string bytes(65'536, '\0');
    const auto count =
        recvfrom(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT, &name.any, &size);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return {bytes, from_socket_address(name)};
  }

  std::vector<std::string> receive(std::size_t count) const {
    std::vector<std::string> all;
    while (all.size() < count) all.push_back(receive().first);
    return all;
  }

  // Has runs of datagrams come as the one packet that they pass the kernel as.
  bool take_runs_whole() { return set_socket_option(number(), IPPROTO_UDP, UDP_GRO, 1); }

  // The kernel refuses runs (EINVAL) of a socket without checksums.
  bool refuse_runs() { return set_socket_option(number(), SOL_SOCKET, SO_NO_CHECK, 1); }
  bool allow_runs() { return set_socket_option(number(), SOL_SOCKET, SO_NO_CHECK, 0); }

 private:
  FileDescriptor socket_;
  int family_ = AF_INET;
  TransportAddress address_;
};

}  // namespace parley::testing
