#include "server/signaling/ice_server_issuer.h"

#include <utility>

#include "server/options/ice_url.h"
#include "server/signaling/turn_credentials.h"

namespace parley {
namespace {

IceServer server_at(const std::vector<std::string>& urls) {
  IceServer server;
  for (const auto& url : urls) server.urls.push_back(Url(url));
  return server;
}

// Of "host", "host:port", "[address]:port"; empty where it is none for an ICE server.
std::string host_of(std::string_view authority) {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto host = has_port ? authority.substr(0, colon) : authority;
  return is_turn_url("turn:" + std::string(host)) ? std::string(host) : std::string();
}

// RFC 7064 and RFC 7065, the way with the least delay first.
IceServer own_server_at(const std::string& host, std::uint16_t port, const OwnRelay& own) {
  IceServer server;
  const auto add = [&](const std::string& scheme, const std::string& at, std::string_view query) {
    const auto url = scheme + at + ":" + std::to_string(port) + std::string(query);
    if (Url::accepts(url)) server.urls.push_back(Url(url));
  };
  const std::string& address = host == "localhost" ? own.loopback : host;
  add("stun:", address, "");
  add("turn:", address, "?transport=udp");
  add("turn:", address, "?transport=tcp");
  // By the name that the certificate is for, "localhost", too; Firefox connects to no address
  // here.
  if (own.tls == OwnRelay::Tls::On) add("turns:", host, "?transport=tcp");
  return server;
}

}  // namespace

IceServerIssuer::IceServerIssuer(const std::vector<std::string>& stun_servers, TurnOptions turn,
                                 std::optional<OwnRelay> own)
    : turn_(std::move(turn)), own_(std::move(own)) {
  if (!stun_servers.empty()) stun_.push_back(server_at(stun_servers));
}

IceServer IceServerIssuer::relay_with(IceServer server, std::string_view secret,
                                      const ParticipantId& id, Clock::time_point now) const {
  auto [username, credential] = make_turn_credentials(secret, id, now + turn_.ttl);
  server.username = std::move(username);
  server.credential = std::move(credential);
  return server;
}

IceServers IceServerIssuer::for_participant(const ParticipantId& id, Clock::time_point now,
                                            std::string_view host) const {
  auto servers = stun_;
  const std::string own_host = own_ && own_port_ != 0 ? host_of(host) : "";
  if (!own_host.empty()) {
    auto server = own_server_at(own_host, own_port_, *own_);
    if (!server.urls.empty()) {
      servers.push_back(relay_with(std::move(server), own_->secret, id, now));
    }
  }
  if (!turn_.servers.empty()) {
    servers.push_back(relay_with(server_at(turn_.servers), turn_.secret.bytes, id, now));
  }
  return servers;
}

std::optional<std::uint32_t> IceServerIssuer::expire_in_seconds() const {
  if (turn_.servers.empty() && !own_) return std::nullopt;
  return static_cast<std::uint32_t>(turn_.ttl.count());
}

IceServersRenewed IceServerIssuer::renewal(const ParticipantId& id, Clock::time_point now,
                                           std::string_view host) const {
  return {for_participant(id, now, host), expire_in_seconds()};
}

}  // namespace parley
