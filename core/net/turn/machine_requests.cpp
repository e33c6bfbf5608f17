// Requests to the TURN machine: who may ask, what is understood, how it is answered.
#include <algorithm>

#include "core/net/stun/errors.h"
#include "core/net/stun/fingerprint.h"
#include "core/net/turn/machine.h"
#include "core/net/turn/requested_family.h"

namespace parley::turn {
namespace {

using stun::Attribute;
using stun::ErrorCode;

// DONT-FRAGMENT is not among them: the fragment bit is the socket's, not the packet's, and RFC 8656
// section 7.2 lets a server say by 420 that it cannot.
constexpr Attribute understood_attributes[] = {
    Attribute::MappedAddress,
    Attribute::Username,
    Attribute::MessageIntegrity,
    Attribute::ErrorCode,
    Attribute::UnknownAttributes,
    Attribute::ChannelNumber,
    Attribute::Lifetime,
    Attribute::XorPeerAddress,
    Attribute::Data,
    Attribute::Realm,
    Attribute::Nonce,
    Attribute::XorRelayedAddress,
    Attribute::EvenPort,
    Attribute::RequestedAddressFamily,
    Attribute::RequestedTransport,
    Attribute::MessageIntegritySha256,
    Attribute::PasswordAlgorithm,
    Attribute::Userhash,
    Attribute::XorMappedAddress,
    Attribute::ReservationToken,
};

bool is_understood(const stun::AttributeView& attribute) {
  return !stun::is_comprehension_required(attribute.type) ||
         std::ranges::any_of(understood_attributes,
                             [&](Attribute each) { return attribute.is(each); });
}

// Types of the attributes that make a request one for 420, as UNKNOWN-ATTRIBUTES lists them.
class UnknownAttributes {
 public:
  explicit UnknownAttributes(const stun::Message& message) {
    for (const auto each : message) {
      if (is_understood(each) || size_ == bytes_.size()) continue;
      store16(bytes_.data() + size_, each.type);
      size_ += 2;
    }
  }
  Bytes bytes() const { return Bytes(bytes_).first(size_); }

 private:
  // What is more is not listed: it would be a strange client that sends more than 32.
  std::array<std::uint8_t, 64> bytes_{};
  std::size_t size_ = 0;
};

// RFC 8489 section 9.2.4: these carry what the client needs to try again.
bool is_challenge(ErrorCode code) {
  return code == ErrorCode::Unauthenticated || code == ErrorCode::StaleNonce;
}

// The bound on answers to strangers; see machine.h.
constexpr std::size_t amplification = 3;

}  // namespace

const std::array<Machine::Method, 4> Machine::methods{{
    {stun::Method::Allocate, &Machine::allocate},
    {stun::Method::Refresh, &Machine::refresh},
    {stun::Method::CreatePermission, &Machine::create_permission},
    {stun::Method::ChannelBind, &Machine::bind_channel},
}};

Action Machine::answer(const Client& client, const stun::Message& request, Timestamp now) {
  if (stun::check_fingerprint(request) == stun::Fingerprint::Wrong) return drop(Drop::Malformed);
  if (request.method() == stun::Method::Binding) return answer_binding(client, request);

  const auto* const method = std::ranges::find(methods, request.method(), &Method::method);
  // RFC 8489 section 6.3: a method that is not known here is none of ours.
  if (method == methods.end() || options_.relay_addresses.empty()) return drop(Drop::Malformed);

  const auto slot = allocations_.find(client);
  std::optional<KnownIdentity> known;
  if (slot) {
    const Allocation& allocation = allocations_.at(*slot);
    known.emplace(KnownIdentity{allocation.username, allocation.algorithm, allocation.key});
  }
  const auto wall_clock = (now - Timestamp() + wall_clock_offset_).count_seconds();
  const auto verdict = authenticator_.check(request, client, known, now, wall_clock);
  if (const auto* unproven = std::get_if<Unproven>(&verdict)) {
    return refuse(client, request, nullptr, unproven->code, now);
  }
  const Identity& identity = std::get<Identity>(verdict);
  if (!UnknownAttributes(request).bytes().empty()) {
    return refuse(client, request, &identity, ErrorCode::UnknownAttribute, now);
  }
  // RFC 8656 section 5: who owns the allocation may use it, and nobody else.
  if (known && known->username != identity.username && request.method() != stun::Method::Allocate) {
    return refuse(client, request, &identity, ErrorCode::WrongCredentials, now);
  }
  stun::Writer success(answer_, stun::Class::Success, request.method(), request.transaction());
  const auto refused = (this->*method->handler)({client, request, identity, slot, now}, success);
  if (refused) return refuse(client, request, &identity, *refused, now);
  return finish(client, request, &identity, success);
}

Action Machine::answer_binding(const Client& client, const stun::Message& request) {
  if (!UnknownAttributes(request).bytes().empty()) {
    return refuse(client, request, nullptr, ErrorCode::UnknownAttribute, {});
  }
  ++counters_.bindings;
  stun::Writer success(answer_, stun::Class::Success, request.method(), request.transaction());
  success.address(Attribute::XorMappedAddress, client.remote);
  return finish(client, request, nullptr, success);
}

Action Machine::refuse(const Client& client, const stun::Message& request, const Identity* identity,
                       ErrorCode code, Timestamp now) {
  const std::size_t index = stun::index_of(code);
  ++counters_.refusals[index];
  const auto write = [&](std::string_view phrase) {
    stun::Writer response(answer_, stun::Class::Error, request.method(), request.transaction());
    response.error(code, phrase);
    if (code == ErrorCode::UnknownAttribute) {
      response.bytes(Attribute::UnknownAttributes, UnknownAttributes(request).bytes());
    }
    if (is_challenge(code)) authenticator_.challenge(response, client, now);
    return response;
  };
  auto response = write(stun::error_facts[index].phrase);
  // A stranger's address may be forged; with FINGERPRINT's 8 bytes still to come.
  constexpr std::size_t fingerprint_bytes = 8;
  const std::size_t bound = amplification * request.bytes().size();
  if (identity == nullptr && response.size() + fingerprint_bytes > bound) response = write({});
  return finish(client, request, identity, response);
}

Action Machine::finish(const Client& client, const stun::Message& request, const Identity* identity,
                       stun::Writer& response) {
  if (identity != nullptr) authenticator_.sign(response, *identity);
  // Whoever tells STUN from other things by its fingerprint gets one back.
  if (request.offset_of(Attribute::Fingerprint)) response.fingerprint();
  const Bytes bytes = response.finish();
  if (bytes.empty()) return action::Nothing{};
  return action::ToClient{client, bytes, action::Content::Answer};
}

// RFC 8656 section 8
std::optional<stun::ErrorCode> Machine::refresh(const Request& request, stun::Writer& success) {
  if (!request.slot) return ErrorCode::AllocationMismatch;
  Allocation& allocation = allocations_.at(*request.slot);
  const auto wished = read_family(request.message, Attribute::RequestedAddressFamily);
  if (wished == FamilyRequest::Malformed) return ErrorCode::BadRequest;
  const bool is_for_one = wished != FamilyRequest::None;
  // RFC 8656 section 8.2
  if (wished == FamilyRequest::Unsupported ||
      (is_for_one && !allocation.relay(family_of(wished)))) {
    return ErrorCode::PeerAddressFamilyMismatch;
  }
  const Duration lifetime = lifetime_of(request.message, allocation.made, request.now);
  success.number(Attribute::Lifetime, static_cast<std::uint32_t>(lifetime.count_seconds()));
  if (lifetime > Duration()) {
    set_expiry(*request.slot, request.now + lifetime);
    return std::nullopt;
  }
  if (is_for_one) {
    auto& relay = allocation.relay(family_of(wished));
    relays_.close(*relay);
    relay.reset();
    if (allocation.relays[0] || allocation.relays[1]) return std::nullopt;
  }
  end(*request.slot);
  return std::nullopt;
}

// RFC 8656 section 10
std::optional<stun::ErrorCode> Machine::create_permission(const Request& request, stun::Writer&) {
  if (!request.slot) return ErrorCode::AllocationMismatch;
  Peers& peers = allocations_.at(*request.slot).peers;
  std::size_t count = 0;
  // All of them or none.
  for (const bool permits : {false, true}) {
    for (const auto each : request.message) {
      if (!each.is(Attribute::XorPeerAddress)) continue;
      const auto peer = request.message.decode_address(each.value);
      if (!peer) return ErrorCode::BadRequest;
      if (permits) {
        if (!peers.has_room_for(peer->ip, request.now)) {
          return ErrorCode::InsufficientCapacity;
        }
        peers.permit(peer->ip, request.now);
      } else {
        ++count;
        if (const auto refused = check_peer(allocations_.at(*request.slot), *peer)) return refused;
      }
    }
  }
  if (count == 0) return ErrorCode::BadRequest;
  return std::nullopt;
}

// RFC 8656 section 12.2
std::optional<stun::ErrorCode> Machine::bind_channel(const Request& request, stun::Writer&) {
  if (!request.slot) return ErrorCode::AllocationMismatch;
  Allocation& allocation = allocations_.at(*request.slot);
  const auto number = request.message.find_number(Attribute::ChannelNumber);
  const auto peer = request.message.find_address(Attribute::XorPeerAddress);
  const auto channel = static_cast<std::uint16_t>(number.value_or(0) >> 16);
  if (!peer || channel < first_channel || channel > last_channel) {
    return ErrorCode::BadRequest;
  }
  if (const auto refused = check_peer(allocation, *peer)) return refused;
  const Route route = route_to(*peer);
  if (is_own_service(*peer, route)) return ErrorCode::Forbidden;
  const auto binding = allocation.peers.may_bind(channel, *peer, request.now);
  if (binding == Peers::Binding::Contradicts) {
    return ErrorCode::BadRequest;
  }
  if (binding == Peers::Binding::NoRoom || !allocation.peers.has_room_for(peer->ip, request.now)) {
    return ErrorCode::InsufficientCapacity;
  }
  allocation.peers.bind(channel, *peer, route, request.now);
  return std::nullopt;
}

std::optional<stun::ErrorCode> Machine::check_peer(const Allocation& allocation,
                                                   const TransportAddress& peer) const {
  // RFC 8656 section 10.2: also where only the other family was allocated.
  if (!allocation.relay(peer.ip.family())) {
    return ErrorCode::PeerAddressFamilyMismatch;
  }
  if (relays_.is_own(peer.ip) || policy_.allows(peer.ip)) return std::nullopt;
  return ErrorCode::Forbidden;
}

// RFC 8656 section 7.2
Duration Machine::lifetime_of(const stun::Message& request, Timestamp made, Timestamp now) const {
  const auto asked = request.find_number(Attribute::Lifetime);
  if (asked == 0U) return Duration();
  const Duration wished = asked ? Duration::seconds(*asked) : default_lifetime;
  const Duration left = made + longest_life - now;
  const Duration granted = std::min(std::max(wished, default_lifetime), longest_lifetime);
  return std::max(std::min(granted, left), Duration::seconds(1));
}

}  // namespace parley::turn
