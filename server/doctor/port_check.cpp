#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "server/doctor/checks.h"
#include "server/doctor/port_owner.h"
#include "server/net/socket_address.h"

namespace parley {
namespace {

// What bind(2) says; 0: it works.
int try_to_bind(int type, const IpAddress& ip, std::uint16_t port) {
  const int family = ip.family() == AddressFamily::Ipv4 ? AF_INET : AF_INET6;
  const int handle = socket(family, type | SOCK_CLOEXEC, 0);
  if (handle < 0) return errno;
  // As the server: what earlier connections left behind does not count.
  const int on = 1;
  if (type == SOCK_STREAM) setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  SocketAddress address{};
  const socklen_t size = to_socket_address({ip, port}, family, address);
  int error = bind(handle, &address.any, size) == 0 ? 0 : errno;
  if (error == 0 && type == SOCK_STREAM && listen(handle, 1) != 0) error = errno;
  ::close(handle);
  return error;
}

Finding check_port(PortKind kind, const IpAddress& ip, std::uint16_t port) {
  const bool is_tcp = kind == PortKind::Tcp;
  const std::string name = std::string(is_tcp ? "TCP" : "UDP") + " port " + std::to_string(port) +
                           " of " + to_string(ip);
  const std::string subject = is_tcp ? "TCP port" : "UDP port";
  const int error = try_to_bind(is_tcp ? SOCK_STREAM : SOCK_DGRAM, ip, port);
  if (error == 0) return {Grade::Good, subject, name + " is free.", ""};
  if (error == EADDRINUSE) {
    const auto owner = owner_of_port(kind, port);
    if (owner && owner->starts_with("parley ")) {
      return {Grade::Note, subject, name + " is in use by " + *owner + ": it runs already.", ""};
    }
    return {Grade::Problem, subject,
            name + " is in use by " + owner.value_or("a program of another user") + ".",
            "End that program, or choose another port with --port."};
  }
  if (error == EACCES) {
    return {Grade::Problem, subject, "This user may not listen on " + name + ".",
            "Choose a port from 1024 on, or allow it: AmbientCapabilities=CAP_NET_BIND_SERVICE in "
            "the systemd unit, as the one of the package has."};
  }
  if (error == EADDRNOTAVAIL || error == EAFNOSUPPORT) {
    return {Grade::Problem, subject, "This machine has no address " + to_string(ip) + ".",
            "Give one that `ip address` shows as --host, or :: for all."};
  }
  return {Grade::Problem, subject, name + ": " + std::strerror(error) + ".", ""};
}

}  // namespace

Findings check_ports(const ServerOptions& options) {
  const auto ip = IpAddress::parse(options.host == "localhost" ? "127.0.0.1" : options.host);
  if (!ip) {
    return {{Grade::Problem, "host", "\"" + options.host + "\" is not an IP address.",
             "Give one with --host."}};
  }
  if (options.port == 0) {
    return {{Grade::Note, "port", "The system chooses it.", "Give one with --port."}};
  }
  Findings findings{check_port(PortKind::Tcp, *ip, options.port)};
  if (options.relay.turn == OwnTurn::On) {
    findings.push_back(check_port(PortKind::Udp, *ip, options.port));
  }
  return findings;
}

}  // namespace parley
