// The permissions and channels of one allocation (RFC 8656 sections 9 and 12). There are few of
// each, so that walking through them is faster than hashing.
//
// Nothing here has a timer: what has expired is not found any more, and gives its place to the next
// that comes.
//
// Thread-safety: none.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/time.h"
#include "core/net/address.h"

namespace parley::turn {

// What a channel may be numbered. RFC 8656 section 12 ends at 0x4fff; clients of RFC 5766 draw from
// all of its range. By its section 11 that ends at 0x7fff, by its section 11.2 at 0x7ffe; coturn's
// clients draw the last one, too. The first bytes from 80 to 127 are QUIC's (RFC 9443 section 2),
// which is not spoken here; DTLS and SRTP have others.
inline constexpr std::uint16_t first_channel = 0x4000;
inline constexpr std::uint16_t last_channel = 0x7fff;

// Where packets to a peer go: out of the relay's socket, or to another allocation of this server.
enum class Route : std::uint8_t { Outside, Inside };

struct Channel {
  TransportAddress peer;
  Timestamp bound_until;
  Timestamp permitted_until;  // as in the permission of peer.ip
  std::uint16_t number = 0;
  Route route = Route::Outside;

  bool is_open(Timestamp now) const { return now < bound_until && now < permitted_until; }
};

struct Permission {
  IpAddress ip;
  Timestamp until;
};

class Peers {
 public:
  static constexpr Duration permission_lifetime = Duration::seconds(300);  // RFC 8656 section 9
  static constexpr Duration channel_lifetime = Duration::seconds(600);     // section 12

  // A browser asks for one permission for each address of the other side, and binds the channels
  // that it uses. Far more than that would make each packet's search long.
  static constexpr std::size_t most = 64;  // of each kind

  enum class Binding : std::uint8_t { Possible, Contradicts, NoRoom };

  bool has_room_for(const IpAddress& ip, Timestamp now) const {
    return permissions_.size() < most ||
           std::ranges::any_of(permissions_, [&](const Permission& each) {
             return each.ip == ip || each.until <= now;
           });
  }

  // Installs or refreshes. Precondition: there is room for it.
  void permit(const IpAddress& ip, Timestamp now) {
    const Timestamp until = now + permission_lifetime;
    auto place = std::ranges::find(permissions_, ip, &Permission::ip);
    if (place == permissions_.end()) {
      place = std::ranges::find_if(permissions_,
                                   [&](const Permission& each) { return each.until <= now; });
    }
    if (place == permissions_.end()) place = permissions_.insert(place, Permission{});
    *place = {ip, until};
    for (auto& channel : channels_) {
      if (channel.peer.ip == ip) channel.permitted_until = until;
    }
  }

  bool is_permitted(const IpAddress& ip, Timestamp now) const {
    const auto found = std::ranges::find(permissions_, ip, &Permission::ip);
    return found != permissions_.end() && now < found->until;
  }

  // RFC 8656 section 12.2: neither the number nor the peer is bound to another.
  Binding may_bind(std::uint16_t number, const TransportAddress& peer, Timestamp now) const {
    bool has_place = channels_.size() < most;
    for (const auto& each : channels_) {
      const bool is_bound = now < each.bound_until;
      if (is_bound && (each.number == number) != (each.peer == peer)) return Binding::Contradicts;
      if (!is_bound || each.number == number) has_place = true;
    }
    return has_place ? Binding::Possible : Binding::NoRoom;
  }

  // Binds or refreshes, the permission included. Precondition: both are possible.
  void bind(std::uint16_t number, const TransportAddress& peer, Route route, Timestamp now) {
    auto place = std::ranges::find_if(
        channels_, [&](const Channel& each) { return each.number == number && each.peer == peer; });
    if (place == channels_.end()) {
      place = std::ranges::find_if(channels_,
                                   [&](const Channel& each) { return each.bound_until <= now; });
    }
    if (place == channels_.end()) place = channels_.insert(place, Channel{});
    *place = {peer, now + channel_lifetime, now, number, route};
    permit(peer.ip, now);
  }

  // With this number; nullptr where it is not bound, or its peer not permitted.
  const Channel* open_channel(std::uint16_t number, Timestamp now) const {
    for (const auto& each : channels_) {
      if (each.number == number && each.is_open(now)) return &each;
    }
    return nullptr;
  }

  // The same by the peer.
  const Channel* open_channel(const TransportAddress& peer, Timestamp now) const {
    for (const auto& each : channels_) {
      if (each.peer == peer && each.is_open(now)) return &each;
    }
    return nullptr;
  }

 private:
  std::vector<Channel> channels_;
  std::vector<Permission> permissions_;
};

}  // namespace parley::turn
