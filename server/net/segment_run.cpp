#include "server/net/segment_run.h"

#include <netinet/in.h>
#include <netinet/udp.h>

#include <cerrno>
#include <cstring>

namespace parley {

Segmentation segmentation_of(int socket) {
  int segment = 0;
  socklen_t size = sizeof segment;
  return getsockopt(socket, IPPROTO_UDP, UDP_SEGMENT, &segment, &size) == 0
             ? Segmentation::Available
             : Segmentation::Absent;
}

void ask_for_segments(msghdr& header, const SegmentRun& run) {
  const std::uint16_t bytes = run.segment_bytes();
  // CMSG_SPACE keeps what follows aligned.
  auto* const control =
      reinterpret_cast<cmsghdr*>(static_cast<char*>(header.msg_control) + header.msg_controllen);
  control->cmsg_level = IPPROTO_UDP;
  control->cmsg_type = UDP_SEGMENT;
  control->cmsg_len = CMSG_LEN(sizeof bytes);
  std::memcpy(CMSG_DATA(control), &bytes, sizeof bytes);
  header.msg_controllen += segment_control_bytes;
}

Segmentation send_apart(int socket, msghdr header, int error) {
  if (error != EINVAL && error != EMSGSIZE && error != EIO) return Segmentation::Available;
  header.msg_controllen -= segment_control_bytes;
  for (std::size_t left = header.msg_iovlen; left > 0; --left, ++header.msg_iov) {
    header.msg_iovlen = 1;
    sendmsg(socket, &header, MSG_DONTWAIT);
  }
  return error == EIO ? Segmentation::Absent : Segmentation::Available;
}

}  // namespace parley
