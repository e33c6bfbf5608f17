#include "server/net/turn_setup.h"

#include <openssl/rand.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <stdexcept>

#include "server/logging/log.h"
#include "server/net/stream_acceptor.h"
#include "server/net/turn_host.h"
#include "server/runtime/shard.h"

namespace parley {
namespace {

std::uint64_t draw_seed() {
  std::uint64_t seed = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&seed), sizeof seed) != 1) {
    throw std::runtime_error("the operating system yields no random bytes");
  }
  return seed;
}

TransportAddress listening_address(const std::string& host, std::uint16_t port) {
  const auto ip = IpAddress::parse(host == "localhost" ? "127.0.0.1" : host);
  return {ip.value_or(IpAddress()), port};
}

bool is_for_all(const IpAddress& ip) { return ip == IpAddress() || ip == IpAddress::ipv4(0); }

}  // namespace

std::vector<turn::RelayAddress> relay_addresses(const RelayOptions& options,
                                                const IpAddress& listening) {
  std::vector<turn::RelayAddress> addresses = options.external;
  // Where it was not said, an external address has one of this machine's behind it.
  std::vector<IpAddress> own{listening};
  if (is_for_all(listening)) own = outgoing_addresses();
  for (auto& each : addresses) {
    if (!is_for_all(each.local)) continue;
    // Bound to all of the family: right wherever the packets come in.
    each.local = each.announced.family() == AddressFamily::Ipv4 ? IpAddress::ipv4(0) : IpAddress();
    for (const auto& ip : own) {
      if (ip.family() == each.announced.family()) each.local = ip;
    }
  }
  if (!addresses.empty()) return addresses;
  for (const auto& ip : own) addresses.push_back({ip, ip});
  return addresses;
}

bool reaches_only_inside(const std::vector<turn::RelayAddress>& addresses) {
  return std::ranges::none_of(
      addresses, [](const auto& each) { return scope_of(each.announced) == AddressScope::Global; });
}

namespace {

turn::MachineOptions machine_options(const Service& service, const IpAddress& listening) {
  const RelayOptions& relay = service.options.relay;
  turn::MachineOptions options;
  options.relay_addresses = relay_addresses(relay, listening);
  options.ports = relay.ports;
  options.allowed_peers = relay.allowed_peers;
  options.secret = service.turn_keys.credentials;
  options.nonce_key = service.turn_keys.nonces;
  // In bursts of up to a second's: a key frame of video comes within about this time.
  const auto bytes_per_second = static_cast<std::uint32_t>(relay.bits_per_second / 8);
  options.bandwidth = {bytes_per_second, bytes_per_second};
  return options;
}

class ToTheShardsRelay final : public StunStreamAcceptor {
 public:
  bool accept(Shard& shard, Stream stream, std::string_view read) override {
    return shard.serve_turn(std::move(stream), read);
  }
};

}  // namespace

std::optional<UdpPortProblem> set_up_turn(Service& service, std::uint16_t port) {
  if (service.options.relay.turn == OwnTurn::Off) return std::nullopt;
  const auto address = listening_address(service.options.host, port);
  auto udp = open_udp_port(address, service.shards.size());
  if (!udp) return udp.error();

  auto options = machine_options(service, address.ip);
  for (const auto& each : options.relay_addresses) {
    log::debug("relay-address", "TURN relays at {} (bound to {})", to_string(each.announced),
               to_string(each.local));
  }
  const bool is_here_alone = scope_of(address.ip) == AddressScope::Loopback;
  if (!is_here_alone && reaches_only_inside(options.relay_addresses)) {
    log::warn(
        "only-private-addresses",
        "The relay is announced under addresses of an inner network only: nobody outside of it "
        "can use it. Give this machine's public address with --external-ip; `parley doctor` "
        "tells more.");
  }
  const auto count = static_cast<unsigned>(service.shards.size());
  for (unsigned index = 0; index < count; ++index) {
    options.share = {index, count};
    options.seed = draw_seed();
    service.shards[index]->host_turn(
        {std::move(udp->sockets[index]),
         address,
         options,
         service.turn_quota,
         {service.turn_streams, service.options.timeouts.turn_stream_idle},
         [&service](unsigned shard, Handover handover) {
           service.shards[shard]->to_relay(std::move(handover));
         }});
  }
  service.stun_streams = std::make_unique<ToTheShardsRelay>();
  service.ice_servers.own_relay_listens_at(port);
  return std::nullopt;
}

}  // namespace parley
