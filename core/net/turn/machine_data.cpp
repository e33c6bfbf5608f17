// The path of payload through the TURN machine: RFC 8656 sections 11 and 12.
#include <algorithm>

#include "core/net/packet_kind.h"
#include "core/net/turn/machine.h"

namespace parley::turn {
namespace {

using stun::Attribute;

constexpr std::size_t channel_header_bytes = 4;

// Above it a Data indication's length would not fit its 16 bits; no UDP packet is as long.
constexpr std::size_t longest_payload = 65'000;

std::uint32_t tokens_for(const Packet& payload) { return static_cast<std::uint32_t>(payload.size); }

}  // namespace

Action Machine::drop(Drop reason) {
  ++counters_.drops[static_cast<std::size_t>(reason)];
  return action::Nothing{};
}

Action Machine::from_client(const Client& client, Packet packet, Timestamp now) {
  const PacketKind kind = kind_of(packet.bytes());
  if (kind == PacketKind::ChannelData) return from_channel(client, packet, now);
  if (kind != PacketKind::Stun || packet.size < stun::header_bytes) return drop(Drop::Malformed);
  if (load16(packet.data) == type_of(stun::Class::Indication, stun::Method::Send)) {
    return from_send(client, packet, now);
  }
  const auto message = stun::Message::parse(packet.bytes());
  if (!message) return drop(Drop::Malformed);
  // Responses and other indications have nothing to do here.
  if (message->message_class() != stun::Class::Request) return action::Nothing{};
  return answer(client, *message, now);
}

Action Machine::from_channel(const Client& client, Packet packet, Timestamp now) {
  if (packet.size < channel_header_bytes) return drop(Drop::Malformed);
  const std::size_t length = load16(packet.data + 2);
  // RFC 8656 section 12.6; what follows the length is padding.
  if (length > packet.size - channel_header_bytes) return drop(Drop::Malformed);
  const auto slot = allocations_.find(client);
  if (!slot) return drop(Drop::NoAllocation);
  Allocation& allocation = allocations_.at(*slot);
  const Channel* channel = allocation.peers.open_channel(load16(packet.data), now);
  if (channel == nullptr) return drop(Drop::NoChannel);
  return forward(allocation, channel->peer, channel->route,
                 {packet.data + channel_header_bytes, length}, now);
}

// RFC 8656 section 11.2: whatever is wrong, a Send indication is dropped without a word.
Action Machine::from_send(const Client& client, Packet packet, Timestamp now) {
  const auto message = stun::Message::parse(packet.bytes());
  if (!message) return drop(Drop::Malformed);
  const auto slot = allocations_.find(client);
  if (!slot) return drop(Drop::NoAllocation);
  std::optional<TransportAddress> peer;
  std::optional<Packet> payload;
  for (const auto each : *message) {
    if (each.is(Attribute::XorPeerAddress)) {
      peer = message->decode_address(each.value);
    } else if (each.is(Attribute::Data)) {
      payload = Packet{packet.data + (each.value.data() - packet.data), each.value.size()};
    } else if (stun::is_comprehension_required(each.type)) {
      return drop(Drop::Malformed);  // DONT-FRAGMENT, too: see understood_attributes
    }
  }
  if (!peer || !payload) return drop(Drop::Malformed);
  Allocation& allocation = allocations_.at(*slot);
  if (!allocation.peers.is_permitted(peer->ip, now)) return drop(Drop::NoPermission);
  const Route route = route_to(*peer);
  if (is_own_service(*peer, route)) return drop(Drop::Denied);
  return forward(allocation, *peer, route, *payload, now);
}

Action Machine::forward(Allocation& allocation, const TransportAddress& peer, Route route,
                        Packet payload, Timestamp now) {
  const auto& relay = allocation.relay(peer.ip.family());
  if (!relay || now >= allocation.expires) return drop(Drop::NoAllocation);
  if (allocation.to_peers.take(tokens_for(payload), options_.bandwidth, now)) {
    return drop(Drop::OverBandwidth);
  }
  counters_.to_peers.count(payload.size);
  if (route == Route::Outside) return action::ToPeer{*relay, peer, payload.bytes()};

  const TransportAddress from = relays_.announced(*relay);
  const unsigned share = Share::of(peer.port, relays_.share().count);
  if (share != relays_.share().index) return action::ToSibling{share, peer, from, payload};
  return from_sibling(peer, from, payload, now);
}

Action Machine::from_sibling(const TransportAddress& relayed, const TransportAddress& from,
                             Packet packet, Timestamp now) {
  const auto relay = relays_.find(relayed);
  if (!relay) return drop(Drop::NoAllocation);
  return from_peer(*relay, from, packet, now);
}

Action Machine::from_peer(RelayId relay, const TransportAddress& peer, Packet packet,
                          Timestamp now) {
  if (!relays_.is_open(relay)) return drop(Drop::NoAllocation);
  const auto slot = relays_.at(relay).allocation;
  if (!slot) return drop(Drop::NoAllocation);  // reserved
  return deliver(allocations_.at(*slot), peer, packet, now);
}

// RFC 8656 sections 11.3 and 12.7
Action Machine::deliver(Allocation& allocation, const TransportAddress& peer, Packet payload,
                        Timestamp now) {
  const Channel* const channel = allocation.peers.open_channel(peer, now);
  if (channel == nullptr && !allocation.peers.is_permitted(peer.ip, now)) {
    return drop(Drop::NoPermission);
  }
  if (now >= allocation.expires) return drop(Drop::NoAllocation);
  if (payload.size > longest_payload) return drop(Drop::TooLarge);
  if (allocation.to_client.take(tokens_for(payload), options_.bandwidth, now)) {
    return drop(Drop::OverBandwidth);
  }
  counters_.to_clients.count(payload.size);

  if (channel != nullptr) {
    std::uint8_t* const begin = payload.data - channel_header_bytes;
    store16(begin, channel->number);
    store16(begin + 2, static_cast<std::uint16_t>(payload.size));
    std::size_t size = channel_header_bytes + payload.size;
    if (allocation.client.transport != Transport::Udp) {
      // RFC 8656 section 12.5: over a stream ChannelData is padded.
      std::fill(begin + size, begin + stun::padded(size), std::uint8_t{0});
      size = stun::padded(size);
    }
    return action::ToClient{allocation.client, {begin, size}};
  }

  const std::size_t address_bytes = stun::address_attribute_bytes(peer.ip.family());
  const std::size_t before = stun::header_bytes + address_bytes + stun::attribute_header_bytes;
  const std::size_t size = stun::padded(payload.size);
  std::uint8_t* const begin = payload.data - before;
  stun::TransactionId transaction;
  store64(transaction.data(), random_.next());
  store32(transaction.data() + 8, static_cast<std::uint32_t>(random_.next()));
  stun::write_header(begin, stun::Class::Indication, stun::Method::Data, transaction,
                     before + size - stun::header_bytes);
  stun::write_address_attribute(begin + stun::header_bytes, Attribute::XorPeerAddress, peer,
                                transaction);
  store16(payload.data - 4, static_cast<std::uint16_t>(Attribute::Data));
  store16(payload.data - 2, static_cast<std::uint16_t>(payload.size));
  std::fill(payload.data + payload.size, payload.data + size, std::uint8_t{0});
  return action::ToClient{allocation.client, {begin, before + size}};
}

// A permission is for an address. Of this server's own, only the relays may be reached, unless the
// operator named it; the ports of the relays' range are theirs even then.
bool Machine::is_own_service(const TransportAddress& peer, Route route) const {
  return route == Route::Outside && relays_.is_own(peer.ip) && !policy_.names(peer.ip);
}

Route Machine::route_to(const TransportAddress& peer) const {
  return relays_.ports().contains(peer.port) && relays_.is_own(peer.ip) ? Route::Inside
                                                                        : Route::Outside;
}

}  // namespace parley::turn
