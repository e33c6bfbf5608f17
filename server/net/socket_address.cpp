#include "server/net/socket_address.h"

#include <cstring>

namespace parley {

socklen_t to_socket_address(const TransportAddress& address, int family, SocketAddress& result) {
  if (family == AF_INET) {
    result.ipv4 = {};
    result.ipv4.sin_family = AF_INET;
    result.ipv4.sin_port = htons(address.port);
    result.ipv4.sin_addr.s_addr = htonl(address.ip.ipv4_bits());
    return sizeof result.ipv4;
  }
  result.ipv6 = {};
  result.ipv6.sin6_family = AF_INET6;
  result.ipv6.sin6_port = htons(address.port);
  store64(result.ipv6.sin6_addr.s6_addr, address.ip.high());
  store64(result.ipv6.sin6_addr.s6_addr + 8, address.ip.low());
  return sizeof result.ipv6;
}

TransportAddress from_socket_address(const SocketAddress& address) {
  if (address.any.sa_family == AF_INET) {
    return {IpAddress::ipv4(ntohl(address.ipv4.sin_addr.s_addr)), ntohs(address.ipv4.sin_port)};
  }
  const std::uint8_t* const bytes = address.ipv6.sin6_addr.s6_addr;
  return {IpAddress::ipv6(load64(bytes), load64(bytes + 8)), ntohs(address.ipv6.sin6_port)};
}

}  // namespace parley
