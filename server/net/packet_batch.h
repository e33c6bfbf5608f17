// Memory for datagrams and the system calls that take many at once. A datagram stays where it was
// received until it has been sent on: what goes out from the shared port waits in the batch, so
// that one sendmmsg serves packets that came from many relays, and those for one client are a run
// (SegmentRun).
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/net/turn/actions.h"
#include "server/net/segment_run.h"
#include "server/net/socket_address.h"

namespace parley {

// Where the packets of the shared port come from and go to.
enum class LocalAddress : std::uint8_t {
  Fixed,  // the socket is bound to one address
  Asked,  // to all: each packet says to which it was sent (IP_PKTINFO)
};

struct SharedSocket {
  int number = -1;
  int family = AF_INET;
  TransportAddress address;
  LocalAddress local = LocalAddress::Fixed;
};

struct Received {
  turn::Packet packet;  // without data where it was too long
  TransportAddress from;
  TransportAddress to;  // meaningful for the shared socket
};

class PacketBatch {
 public:
  static constexpr std::size_t places = 64;

  // The longest datagram that is relayed. Nobody's media is longer than what an Ethernet carries;
  // longer ones are dropped.
  static constexpr std::size_t longest_datagram = 1984;

  explicit PacketBatch(const SharedSocket& socket);

  // Receives up to `most` datagrams, as far as there are free places: they lie in received() until
  // the next call. Returns how many came; 0: none are there, or no place (flush() first).
  std::size_t receive_shared(std::size_t most);
  std::size_t receive(int socket, std::size_t most);
  Received& received(std::size_t index) { return received_[index]; }

  // Sends to a client from the shared port: later, with the others, where the bytes lie in the
  // packet `index` of received(); at once where they lie elsewhere.
  void send_shared(std::size_t index, const turn::Client& client, Bytes bytes);
  void send_shared_now(const turn::Client& client, Bytes bytes);

  // Sends what waits.
  void flush();

  std::size_t free_places() const { return places - waiting_; }

 private:
  static constexpr std::size_t place_bytes = turn::headroom + longest_datagram + turn::tailroom;
  static constexpr std::size_t control_bytes =
      CMSG_SPACE(sizeof(in6_pktinfo)) + segment_control_bytes;

  // What a system call wants to know of one datagram, or run, besides its bytes.
  struct Envelope {
    SocketAddress name{};
    alignas(cmsghdr) std::array<char, control_bytes> control{};
  };

  void address(msghdr& header, Envelope& envelope, const turn::Client& client) const;
  TransportAddress asked_address(msghdr& header) const;

  SharedSocket socket_;
  Segmentation segmentation_;
  std::unique_ptr<std::uint8_t[]> memory_;
  std::array<std::uint8_t*, places> places_;  // the first waiting_ hold what is to be sent
  std::size_t first_ = 0;                     // place of received(0)
  std::array<iovec, places> in_pieces_{};
  std::array<Envelope, places> in_;
  std::array<mmsghdr, places> in_headers_{};
  std::array<Received, places> received_;

  std::size_t waiting_ = 0;
  std::array<iovec, places> out_pieces_{};  // of the first waiting_ places
  std::size_t runs_ = 0;
  turn::Client last_client_;  // of the last run
  std::array<SegmentRun, places> run_;
  std::array<Envelope, places> out_;
  std::array<mmsghdr, places> out_headers_{};
};

}  // namespace parley
