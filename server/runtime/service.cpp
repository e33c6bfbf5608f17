#include "server/runtime/service.h"

#include <functional>

#include "server/runtime/shard.h"

namespace parley {
namespace {

RoomOptions room_options_from(const ServerOptions& options) {
  RoomOptions rooms;
  rooms.limits.participants = options.room_participants;
  if (!options.stun_servers.empty()) {
    IceServer server;
    for (const auto& url : options.stun_servers) server.urls.push_back(Url(url));
    rooms.ice_servers.push_back(std::move(server));
  }
  return rooms;
}

SharedText make_welcome(const RoomOptions& rooms) {
  Welcome welcome;
  welcome.server = ClientName("parley/" PARLEY_VERSION);
  welcome.ice_servers = rooms.ice_servers;
  return std::make_shared<const std::string>(encode(ServerMessage(welcome)));
}

}  // namespace

Service::Service(ServerOptions server_options, AssetStore asset_store, ResumeKey key)
    : options(std::move(server_options)),
      assets(std::move(asset_store)),
      router(assets),
      room_options(room_options_from(options)),
      welcome(make_welcome(room_options)),
      tickets(std::move(key)),
      drain_to(options.drain_to.empty() ? std::nullopt : std::optional(Url(options.drain_to))) {
  for (unsigned index = 0; index < options.threads; ++index) {
    shards.push_back(std::make_unique<Shard>(*this, index));
  }
}

Service::~Service() = default;

bool Service::admit() {
  if (connections_.fetch_add(1) < options.max_connections) return true;
  --connections_;
  return false;
}

std::size_t Service::home_of(std::string_view name) const {
  return std::hash<std::string_view>()(name) % shards.size();
}

}  // namespace parley
