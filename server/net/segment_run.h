// UDP segmentation offload (UDP_SEGMENT of udp(7), Linux 4.18): datagrams of one size to one
// address pass the kernel's network stack as one packet and are cut apart at its end, so that
// route, firewall and queues are gone through once for all of them. A frame of video is such a run:
// senders divide it into packets of one size.
//
// Thread-safety: none.
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <cstdint>

namespace parley {

// The sizes of a run: all are of one, but the last may be shorter.
class SegmentRun {
 public:
  // The kernel cuts into at most 64 (UDP_MAX_SEGMENTS), and a packet holds 65,507 bytes: 32 of the
  // longest fit both.
  static constexpr std::size_t most = 32;

  // What an Ethernet carries after the headers of IPv6 and UDP. The kernel cuts nothing that it
  // would have to fragment, too.
  static constexpr std::size_t longest_segment = 1452;

  SegmentRun() = default;
  explicit SegmentRun(std::size_t first) : segment_(first), last_(first), count_(1) {}

  // Whether a datagram of `size` bytes may follow.
  bool takes(std::size_t size) const {
    return last_ == segment_ && size <= segment_ && size != 0 && segment_ <= longest_segment &&
           count_ < most;
  }
  // Precondition: it takes it.
  void add(std::size_t size) {
    last_ = size;
    ++count_;
  }

  std::size_t count() const { return count_; }
  std::uint16_t segment_bytes() const { return static_cast<std::uint16_t>(segment_); }

 private:
  std::size_t segment_ = 0;
  std::size_t last_ = 0;
  std::size_t count_ = 0;
};

// Whether the kernel knows it.
enum class Segmentation : std::uint8_t { Absent, Available };
Segmentation segmentation_of(int socket);

inline constexpr std::size_t segment_control_bytes = CMSG_SPACE(sizeof(std::uint16_t));

// Adds to the control data of `header`, behind what is there, that its pieces are a run. The buffer
// has room for segment_control_bytes more.
void ask_for_segments(msghdr& header, const SegmentRun& run);

// To be called where sending a run failed with `error`. Where the way out does not take runs, each
// datagram is sent on its own, and the answer is whether to try runs again: not where it is for the
// device (IPsec, or before Linux 6.11 one that leaves checksums to the kernel), but where only the
// segments were too long for this way. Anything else loses the run, as it would lose any datagram.
Segmentation send_apart(int socket, msghdr header, int error);

}  // namespace parley
