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
std::string host_of(std::string_view authority, const std::string& loopback) {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto host = has_port ? authority.substr(0, colon) : authority;
  if (host == "localhost") return loopback;
  return is_turn_url("turn:" + std::string(host)) ? std::string(host) : std::string();
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
  const std::string own_host = own_ && own_port_ != 0 ? host_of(host, own_->loopback) : "";
  if (!own_host.empty()) {
    const auto url = "turn:" + own_host + ":" + std::to_string(own_port_) + "?transport=udp";
    if (Url::accepts(url)) servers.push_back(relay_with(server_at({url}), own_->secret, id, now));
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
