#include "server/signaling/ice_server_issuer.h"

#include <utility>

#include "server/signaling/turn_credentials.h"

namespace parley {
namespace {

IceServer server_at(const std::vector<std::string>& urls) {
  IceServer server;
  for (const auto& url : urls) server.urls.push_back(Url(url));
  return server;
}

}  // namespace

IceServerIssuer::IceServerIssuer(const std::vector<std::string>& stun_servers, TurnOptions turn)
    : turn_(std::move(turn)) {
  if (!stun_servers.empty()) stun_.push_back(server_at(stun_servers));
}

IceServers IceServerIssuer::for_participant(const ParticipantId& id, Clock::time_point now) const {
  auto servers = stun_;
  if (!turn_.servers.empty()) {
    auto relay = server_at(turn_.servers);
    auto [username, credential] = make_turn_credentials(turn_.secret.bytes, id, now + turn_.ttl);
    relay.username = std::move(username);
    relay.credential = std::move(credential);
    servers.push_back(std::move(relay));
  }
  return servers;
}

std::optional<std::uint32_t> IceServerIssuer::expire_in_seconds() const {
  if (turn_.servers.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(turn_.ttl.count());
}

IceServersRenewed IceServerIssuer::renewal(const ParticipantId& id, Clock::time_point now) const {
  return {for_participant(id, now), expire_in_seconds()};
}

}  // namespace parley
