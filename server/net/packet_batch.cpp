#include "server/net/packet_batch.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace parley {
namespace {

iovec piece_of(Bytes bytes) { return {const_cast<std::uint8_t*>(bytes.data()), bytes.size()}; }

}  // namespace

PacketBatch::PacketBatch(const SharedSocket& socket)
    : socket_(socket),
      segmentation_(segmentation_of(socket.number)),
      memory_(std::make_unique<std::uint8_t[]>(places * place_bytes)) {
  for (std::size_t at = 0; at < places; ++at) places_[at] = memory_.get() + at * place_bytes;
}

std::size_t PacketBatch::receive_shared(std::size_t most) {
  const bool asks = socket_.local == LocalAddress::Asked;
  const std::size_t count = receive(socket_.number, most);
  for (std::size_t at = 0; at < count; ++at) {
    received_[at].to = asks ? asked_address(in_headers_[at].msg_hdr) : socket_.address;
  }
  return count;
}

std::size_t PacketBatch::receive(int socket, std::size_t most) {
  const bool asks = socket == socket_.number && socket_.local == LocalAddress::Asked;
  most = std::min(most, free_places());
  first_ = waiting_;
  for (std::size_t at = 0; at < most; ++at) {
    Envelope& envelope = in_[at];
    in_pieces_[at] = {places_[waiting_ + at] + turn::headroom, longest_datagram};
    msghdr& header = in_headers_[at].msg_hdr;
    header.msg_name = &envelope.name;
    header.msg_namelen = sizeof envelope.name;
    header.msg_iov = &in_pieces_[at];
    header.msg_iovlen = 1;
    header.msg_control = asks ? envelope.control.data() : nullptr;
    header.msg_controllen = asks ? envelope.control.size() : 0;
  }
  const int count =
      recvmmsg(socket, in_headers_.data(), static_cast<unsigned>(most), MSG_DONTWAIT, nullptr);
  if (count <= 0) return 0;
  for (int at = 0; at < count; ++at) {
    const auto index = static_cast<std::size_t>(at);
    const bool is_whole = (in_headers_[index].msg_hdr.msg_flags & MSG_TRUNC) == 0;
    auto* const data = static_cast<std::uint8_t*>(in_pieces_[index].iov_base);
    received_[index].packet = {is_whole ? data : nullptr, in_headers_[index].msg_len};
    received_[index].from = from_socket_address(in_[index].name);
  }
  return static_cast<std::size_t>(count);
}

TransportAddress PacketBatch::asked_address(msghdr& header) const {
  for (auto* each = CMSG_FIRSTHDR(&header); each != nullptr; each = CMSG_NXTHDR(&header, each)) {
    if (each->cmsg_level == IPPROTO_IP && each->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(each), sizeof info);
      return {IpAddress::ipv4(ntohl(info.ipi_addr.s_addr)), socket_.address.port};
    }
    if (each->cmsg_level == IPPROTO_IPV6 && each->cmsg_type == IPV6_PKTINFO) {
      in6_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(each), sizeof info);
      const Bytes bytes(info.ipi6_addr.s6_addr, IpAddress::ipv6_bytes);
      return {*IpAddress::from_bytes(bytes), socket_.address.port};
    }
  }
  return socket_.address;
}

void PacketBatch::address(msghdr& header, Envelope& envelope, const turn::Client& client) const {
  header.msg_name = &envelope.name;
  header.msg_namelen = to_socket_address(client.remote, socket_.family, envelope.name);
  header.msg_control = envelope.control.data();
  header.msg_controllen = 0;
  if (socket_.local == LocalAddress::Fixed) return;

  // From the address that the client sent to.
  auto* const control = reinterpret_cast<cmsghdr*>(envelope.control.data());
  if (socket_.family == AF_INET) {
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = htonl(client.local.ip.ipv4_bits());
    control->cmsg_level = IPPROTO_IP;
    control->cmsg_type = IP_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(control), &info, sizeof info);
    header.msg_controllen = CMSG_SPACE(sizeof info);
  } else {
    in6_pktinfo info{};
    store64(info.ipi6_addr.s6_addr, client.local.ip.high());
    store64(info.ipi6_addr.s6_addr + 8, client.local.ip.low());
    control->cmsg_level = IPPROTO_IPV6;
    control->cmsg_type = IPV6_PKTINFO;
    control->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(control), &info, sizeof info);
    header.msg_controllen = CMSG_SPACE(sizeof info);
  }
}

void PacketBatch::send_shared(std::size_t index, const turn::Client& client, Bytes bytes) {
  const std::uint8_t* const begin = places_[first_ + index];
  if (bytes.data() < begin || bytes.data() >= begin + place_bytes) {
    send_shared_now(client, bytes);
    return;
  }
  std::swap(places_[waiting_], places_[first_ + index]);
  out_pieces_[waiting_] = piece_of(bytes);
  if (runs_ > 0 && segmentation_ == Segmentation::Available && client == last_client_ &&
      run_[runs_ - 1].takes(bytes.size())) {
    run_[runs_ - 1].add(bytes.size());
    ++out_headers_[runs_ - 1].msg_hdr.msg_iovlen;
  } else {
    msghdr& header = out_headers_[runs_].msg_hdr;
    address(header, out_[runs_], client);
    header.msg_iov = &out_pieces_[waiting_];
    header.msg_iovlen = 1;
    run_[runs_] = SegmentRun(bytes.size());
    last_client_ = client;
    ++runs_;
  }
  ++waiting_;
}

void PacketBatch::send_shared_now(const turn::Client& client, Bytes bytes) {
  Envelope envelope;
  iovec piece = piece_of(bytes);
  msghdr header{};
  address(header, envelope, client);
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  // What the kernel has no room for is lost, as on any line.
  sendmsg(socket_.number, &header, MSG_DONTWAIT);
}

void PacketBatch::flush() {
  for (std::size_t at = 0; at < runs_; ++at) {
    if (run_[at].count() > 1) ask_for_segments(out_headers_[at].msg_hdr, run_[at]);
  }
  std::size_t sent = 0;
  while (sent < runs_) {
    const int count = sendmmsg(socket_.number, out_headers_.data() + sent,
                               static_cast<unsigned>(runs_ - sent), MSG_DONTWAIT);
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
      continue;
    }
    // The first of them failed: it is lost, and the others get their chance, unless there is no
    // room for any.
    if (errno == EAGAIN || errno == EWOULDBLOCK) break;
    if (run_[sent].count() > 1) {
      segmentation_ = send_apart(socket_.number, out_headers_[sent].msg_hdr, errno);
    }
    ++sent;
  }
  runs_ = 0;
  waiting_ = 0;
}

}  // namespace parley
