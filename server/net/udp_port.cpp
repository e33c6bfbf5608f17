#include "server/net/udp_port.h"

#include <cerrno>
#include <cstring>

#include "server/net/socket_address.h"
#include "server/net/socket_option.h"

namespace parley {
namespace {

// For bursts between two turns of the event loop; Linux caps it at net.core.rmem_max.
constexpr int receive_buffer_bytes = 4 * 1024 * 1024;

constexpr int on = 1;
constexpr int off = 0;

FileDescriptor bound_socket(const TransportAddress& address, bool shares) {
  const bool is_ipv4 = address.ip.family() == AddressFamily::Ipv4;
  const int family = is_ipv4 ? AF_INET : AF_INET6;
  FileDescriptor socket(::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return {};
  set_socket_option(socket.get(), SOL_SOCKET, SO_RCVBUF, receive_buffer_bytes);
  if (!is_ipv4) {
    set_socket_option(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, off);
    // Where the packet was sent to, so that the answer comes from there.
    set_socket_option(socket.get(), IPPROTO_IPV6, IPV6_RECVPKTINFO, on);
  } else {
    set_socket_option(socket.get(), IPPROTO_IP, IP_PKTINFO,
                      address.ip == IpAddress::ipv4(0) ? on : off);
  }
  if (shares && !set_socket_option(socket.get(), SOL_SOCKET, SO_REUSEPORT, on)) return {};
  SocketAddress name{};
  const socklen_t size = to_socket_address(address, family, name);
  if (bind(socket.get(), &name.any, size) != 0) return {};
  return socket;
}

UdpPortProblem problem(const TransportAddress& address, int error) {
  const std::string place = "UDP port " + std::to_string(address.port);
  if (error == EADDRINUSE) {
    return {UdpPortError::InUse, "Another program uses " + place +
                                     "; choose another with --port, or none with --turn off."};
  }
  return {UdpPortError::Other, place + " cannot be opened: " + std::strerror(error) + "."};
}

}  // namespace

Result<UdpPort, UdpPortProblem> open_udp_port(const TransportAddress& address,
                                              std::size_t sockets) {
  UdpPort port{address, {}};
  for (std::size_t count = 0; count < sockets; ++count) {
    auto socket = bound_socket(address, count > 0);
    if (!socket) return problem(address, errno);
    if (!set_socket_option(socket.get(), SOL_SOCKET, SO_REUSEPORT, on))
      return problem(address, errno);
    port.sockets.push_back(std::move(socket));
  }
  return port;
}

std::vector<IpAddress> outgoing_addresses() {
  std::vector<IpAddress> addresses;
  // Of the documentation prefixes: routed like any other.
  for (const auto* text : {"192.0.2.1:9", "[2001:db8::1]:9"}) {
    const auto target = *TransportAddress::parse(text);
    const int family = target.ip.family() == AddressFamily::Ipv4 ? AF_INET : AF_INET6;
    const FileDescriptor socket(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    SocketAddress name{};
    socklen_t size = to_socket_address(target, family, name);
    if (!socket || connect(socket.get(), &name.any, size) != 0) continue;
    size = sizeof name;
    if (getsockname(socket.get(), &name.any, &size) != 0) continue;
    addresses.push_back(from_socket_address(name).ip);
  }
  return addresses;
}

}  // namespace parley
