// What a datagram on the shared UDP port is, by its first byte (RFC 7983 section 7). Channels go on
// from 79, where that RFC ends them, to 127: see turn/peers.h.
#pragma once

#include <cstdint>

#include "core/net/bytes.h"

namespace parley {

enum class PacketKind : std::uint8_t { Stun, Zrtp, Dtls, ChannelData, Rtp, Unknown };

constexpr PacketKind kind_of(Bytes packet) {
  if (packet.empty()) return PacketKind::Unknown;
  const std::uint8_t first = packet.front();
  if (first <= 3) return PacketKind::Stun;
  if (first >= 16 && first <= 19) return PacketKind::Zrtp;
  if (first >= 20 && first <= 63) return PacketKind::Dtls;
  if (first >= 64 && first <= 127) return PacketKind::ChannelData;
  if (first >= 128 && first <= 191) return PacketKind::Rtp;  // and RTCP, encrypted or not
  return PacketKind::Unknown;
}

}  // namespace parley
