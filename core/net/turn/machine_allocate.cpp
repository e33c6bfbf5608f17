// Allocate (RFC 8656 section 7.2).
#include <algorithm>

#include "core/net/turn/machine.h"
#include "core/net/turn/requested_family.h"

namespace parley::turn {
namespace {

using stun::Attribute;
using stun::ErrorCode;

constexpr std::uint8_t udp_protocol = 17;           // IANA's number
constexpr std::uint8_t reserve_next_port = 1 << 7;  // EVEN-PORT's R bit

}  // namespace

struct Machine::Wish {
  enum class Ports : std::uint8_t { Any, Even, EvenAndNext };

  AddressFamily family = AddressFamily::Ipv4;
  Ports ports = Ports::Any;
  std::optional<ReservationToken> reserved;
  bool with_ipv6 = false;  // ADDITIONAL-ADDRESS-FAMILY
};

std::optional<stun::ErrorCode> Machine::allocate(const Request& request, stun::Writer& success) {
  if (request.slot) {
    const Allocation& existing = allocations_.at(*request.slot);
    // The same request once more: its answer was lost, or is on its way.
    if (existing.transaction != request.message.transaction() ||
        existing.username != request.identity.username) {
      return ErrorCode::AllocationMismatch;
    }
    describe(existing, success);
    return std::nullopt;
  }
  Wish wish;
  if (const auto refused = read_wish(request, wish)) return refused;
  if (!host_.quota.acquire(request.identity.user)) {
    return ErrorCode::AllocationQuotaReached;
  }
  Allocation opened;
  if (const auto refused = open_relays(request, wish, opened)) {
    host_.quota.release(request.identity.user);
    return refused;
  }
  const Slot slot = allocations_.add(request.client);
  Allocation& allocation = allocations_.at(slot);
  allocation.relays = opened.relays;
  allocation.token = opened.token;
  allocation.no_ipv6 = opened.no_ipv6;
  for (const auto& relay : allocation.relays) {
    if (relay) relays_.at(*relay).allocation = slot;
  }
  allocation.made = request.now;
  allocation.username = request.identity.username;
  allocation.user = request.identity.user;
  allocation.algorithm = request.identity.algorithm;
  allocation.key = request.identity.key;
  allocation.transaction = request.message.transaction();
  allocation.granted =
      std::max(lifetime_of(request.message, request.now, request.now), default_lifetime);
  set_expiry(slot, request.now + allocation.granted);
  ++counters_.allocations_made;
  describe(allocation, success);
  return std::nullopt;
}

std::optional<stun::ErrorCode> Machine::read_wish(const Request& request, Wish& wish) const {
  const auto& message = request.message;
  constexpr ErrorCode bad = ErrorCode::BadRequest;
  const auto transport = message.find(Attribute::RequestedTransport);
  if (!transport || transport->size() != 4) return bad;
  if (transport->front() != udp_protocol) {
    return ErrorCode::UnsupportedTransport;
  }
  const auto family = read_family(message, Attribute::RequestedAddressFamily);
  const auto additional = read_family(message, Attribute::AdditionalAddressFamily);
  const auto even_port = message.find(Attribute::EvenPort);
  const auto token = message.find(Attribute::ReservationToken);
  if (even_port && even_port->size() != 1) return bad;
  const bool reserves = even_port && (even_port->front() & reserve_next_port) != 0;

  if (token) {
    if (token->size() != ReservationToken().size() || even_port || family != FamilyRequest::None ||
        additional != FamilyRequest::None) {
      return bad;
    }
    wish.reserved.emplace();
    std::copy(token->begin(), token->end(), wish.reserved->begin());
  }
  if (additional != FamilyRequest::None) {
    if (additional != FamilyRequest::Ipv6 || family != FamilyRequest::None || reserves) return bad;
    wish.with_ipv6 = true;
  }
  if (family == FamilyRequest::Malformed) return bad;
  if (family == FamilyRequest::Unsupported) {
    return ErrorCode::AddressFamilyNotSupported;
  }
  if (family == FamilyRequest::Ipv6) wish.family = AddressFamily::Ipv6;
  if (even_port) wish.ports = reserves ? Wish::Ports::EvenAndNext : Wish::Ports::Even;
  return std::nullopt;
}

std::optional<stun::ErrorCode> Machine::open_relays(const Request& request, const Wish& wish,
                                                    Allocation& allocation) {
  constexpr ErrorCode no_room = ErrorCode::InsufficientCapacity;
  if (wish.reserved) {
    const auto relay = take_reserved(*wish.reserved, request.now);
    if (!relay) return no_room;
    allocation.relay(relays_.announced(*relay).ip.family()) = relay;
    return std::nullopt;
  }
  const IpAddress& reached = request.client.local.ip;
  const auto address = relays_.address_for(wish.family, reached);
  if (!address) {
    return ErrorCode::AddressFamilyNotSupported;
  }
  if (wish.ports == Wish::Ports::EvenAndNext) {
    const auto pair = relays_.open_pair(*address, random_);
    if (!pair) return no_room;
    allocation.relay(wish.family) = pair->even;
    allocation.token.emplace();
    store64(allocation.token->data(), random_.next());
    reservations_.push_back({*allocation.token, pair->odd, request.now + reservation_lifetime});
    return std::nullopt;
  }
  const auto parity = wish.ports == Wish::Ports::Even ? Relays::Parity::Even : Relays::Parity::Any;
  allocation.relay(wish.family) = relays_.open(*address, parity, random_);
  if (!allocation.relay(wish.family)) return no_room;
  if (!wish.with_ipv6) return std::nullopt;

  const auto ipv6 = relays_.address_for(AddressFamily::Ipv6, reached);
  if (ipv6) allocation.relay(AddressFamily::Ipv6) = relays_.open(*ipv6, parity, random_);
  // Then one family is what the client gets.
  if (!ipv6) allocation.no_ipv6 = ErrorCode::AddressFamilyNotSupported;
  if (ipv6 && !allocation.relay(AddressFamily::Ipv6)) {
    allocation.no_ipv6 = ErrorCode::InsufficientCapacity;
  }
  return std::nullopt;
}

std::optional<RelayId> Machine::take_reserved(const ReservationToken& token, Timestamp now) {
  const auto found = std::ranges::find(reservations_, token, &Reservation::token);
  if (found == reservations_.end() || found->until <= now) return std::nullopt;
  const RelayId relay = found->relay;
  reservations_.erase(found);
  return relay;
}

// RFC 8656 section 7.2, the success response
void Machine::describe(const Allocation& allocation, stun::Writer& success) const {
  for (const auto& relay : allocation.relays) {
    if (relay) success.address(Attribute::XorRelayedAddress, relays_.announced(*relay));
  }
  success.number(Attribute::Lifetime,
                 static_cast<std::uint32_t>(allocation.granted.count_seconds()));
  if (allocation.token) success.bytes(Attribute::ReservationToken, *allocation.token);
  success.address(Attribute::XorMappedAddress, allocation.client.remote);
  if (allocation.no_ipv6) {
    const auto code = static_cast<std::uint32_t>(*allocation.no_ipv6);
    constexpr std::uint32_t ipv6 = 2U << 24;
    success.number(Attribute::AddressErrorCode, ipv6 | code / 100 << 8 | code % 100);
  }
}

}  // namespace parley::turn
