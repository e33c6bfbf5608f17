// What all shards share: fixed before the first of them runs, but for two atomics that are touched
// once per connection, and the table of addresses and the webhooks, which have locks of their own.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/signaling/room.h"
#include "server/http/asset_store.h"
#include "server/http/router.h"
#include "server/limits/shared_address_table.h"
#include "server/net/shared_quota.h"
#include "server/net/stream_limit.h"
#include "server/net/turn_keys.h"
#include "server/server_options.h"
#include "server/signaling/ice_server_issuer.h"
#include "server/signaling/resume_tickets.h"
#include "server/signaling/send_queue.h"

namespace parley {

class Shard;
class StunStreamAcceptor;
class TlsIdentity;
class WebhookCourier;

class Service {
 public:
  Service(ServerOptions options, AssetStore assets, ResumeKey key);
  ~Service();

  const ServerOptions options;
  const AssetStore assets;
  const Router router;
  const TurnKeys turn_keys;
  IceServerIssuer ice_servers;  // changed only before the shards start
  const RoomOptions room_options;
  const SharedText welcome;  // the answer to every hello
  const ResumeTickets tickets;
  const std::optional<Url> drain_to;  // see ServerOptions

  std::unique_ptr<TlsIdentity> tls;  // none: no TLS. Set before the shards run

  // Who serves TURN over TCP and TLS, if anybody. Set before the shards run.
  std::unique_ptr<StunStreamAcceptor> stun_streams;

  SharedQuota turn_quota;
  StreamLimit turn_streams;

  SharedAddressTable addresses;

  const std::unique_ptr<WebhookCourier> webhooks;  // for all shards

  std::atomic<Readiness> readiness{Readiness::Serving};

  // Takes one of ServerOptions::max_connections places; false when there is none. Any thread.
  bool admit();
  void release() { --connections_; }

  // Where the room called `name` lives.
  std::size_t home_of(std::string_view name) const;

  std::vector<std::unique_ptr<Shard>> shards;

 private:
  std::atomic<std::size_t> connections_{0};
};

}  // namespace parley
