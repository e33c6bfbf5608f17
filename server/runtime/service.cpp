#include "server/runtime/service.h"

#include <functional>

#include "server/net/stream_acceptor.h"
#include "server/net/tls_identity.h"
#include "server/runtime/shard.h"
#include "server/webhooks/webhook_courier.h"

namespace parley {
namespace {

RoomOptions room_options_from(const ServerOptions& options, const IceServerIssuer& ice_servers) {
  RoomOptions rooms;
  rooms.limits.participants = options.room_participants;
  rooms.authentication = options.token_key ? Authentication::Token : Authentication::Open;
  rooms.ice_servers_expire_in_seconds = ice_servers.expire_in_seconds();
  return rooms;
}

std::optional<OwnRelay> own_relay_from(const ServerOptions& options, const TurnKeys& keys) {
  if (options.relay.turn == OwnTurn::Off) return std::nullopt;
  const bool is_ipv6 = options.host.find(':') != std::string::npos;
  return OwnRelay{keys.credentials, is_ipv6 ? "[::1]" : "127.0.0.1",
                  options.tls.is_on() ? OwnRelay::Tls::On : OwnRelay::Tls::Off};
}

SharedText make_welcome(const IceServerIssuer& ice_servers) {
  Welcome welcome;
  welcome.server = ClientName("parley/" PARLEY_VERSION);
  welcome.ice_servers = ice_servers.for_everybody();
  return std::make_shared<const std::string>(encode(ServerMessage(welcome)));
}

}  // namespace

Service::Service(ServerOptions server_options, AssetStore asset_store, ResumeKey key)
    : options(std::move(server_options)),
      assets(std::move(asset_store)),
      router(assets),
      turn_keys(derive_turn_keys(key, options.turn.secret)),
      ice_servers(options.stun_servers, options.turn, own_relay_from(options, turn_keys)),
      room_options(room_options_from(options, ice_servers)),
      welcome(make_welcome(ice_servers)),
      tickets(std::move(key)),
      drain_to(options.drain_to.empty() ? std::nullopt : std::optional(Url(options.drain_to))),
      turn_quota(options.relay.allocations_per_user, options.relay.allocations),
      // Each allocation may have a connection of its own, and one without has no use.
      turn_streams(options.relay.allocations),
      webhooks(std::make_unique<WebhookCourier>(
          options.webhook, WebhookCourier::Setup{.patience = options.timeouts.webhook})) {
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
