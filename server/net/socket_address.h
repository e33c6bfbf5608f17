// Transport addresses as the system's calls take them.
//
// Thread-safety: any thread.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "core/net/address.h"

namespace parley {

// Room for both families.
union SocketAddress {
  sockaddr any;
  sockaddr_in ipv4;
  sockaddr_in6 ipv6;
};

// For a socket of `family` (AF_INET or AF_INET6); one of IPv6 takes IPv4 in its mapped form.
// Returns the size. Precondition: an IPv6 address goes to an IPv6 socket.
socklen_t to_socket_address(const TransportAddress& address, int family, SocketAddress& result);

TransportAddress from_socket_address(const SocketAddress& address);

}  // namespace parley
