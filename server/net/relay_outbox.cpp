#include "server/net/relay_outbox.h"

#include <algorithm>
#include <cerrno>

namespace parley {

void RelayOutbox::add(From from, const TransportAddress& peer, Bytes bytes) {
  if (count_ == most) flush();
  waiting_[count_] = {from, peer, bytes};
  order_[count_] = static_cast<std::uint64_t>(from.socket) * most + count_;
  ++count_;
}

void RelayOutbox::flush() {
  std::sort(order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count_));
  for (std::size_t sent = 0; sent < count_;) sent += send_run(sent);
  count_ = 0;
}

// Returns how many it was.
std::size_t RelayOutbox::send_run(std::size_t first) {
  const Waiting& begin = in_order(first);
  SegmentRun run(begin.bytes.size());
  while (segmentation_ == Segmentation::Available && first + run.count() < count_) {
    const Waiting& next = in_order(first + run.count());
    if (next.from.socket != begin.from.socket || next.peer != begin.peer ||
        !run.takes(next.bytes.size())) {
      break;
    }
    run.add(next.bytes.size());
  }

  SocketAddress name{};
  const socklen_t name_bytes = to_socket_address(begin.peer, begin.from.family, name);
  // What the kernel has no room for is lost, as on any line.
  if (run.count() == 1) {
    sendto(begin.from.socket, begin.bytes.data(), begin.bytes.size(), MSG_DONTWAIT, &name.any,
           name_bytes);
    return 1;
  }
  for (std::size_t at = 0; at < run.count(); ++at) {
    const Bytes bytes = in_order(first + at).bytes;
    pieces_[at] = {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
  }
  alignas(cmsghdr) std::array<char, segment_control_bytes> control{};
  msghdr header{};
  header.msg_name = &name;
  header.msg_namelen = name_bytes;
  header.msg_iov = pieces_.data();
  header.msg_iovlen = run.count();
  header.msg_control = control.data();
  ask_for_segments(header, run);
  if (sendmsg(begin.from.socket, &header, MSG_DONTWAIT) < 0) {
    segmentation_ = send_apart(begin.from.socket, header, errno);
  }
  return run.count();
}

}  // namespace parley
