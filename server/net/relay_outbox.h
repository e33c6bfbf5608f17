// What one reading of the clients brought for peers: it waits until all of it is there and goes out
// of each relay's socket as runs (SegmentRun), however the clients' packets were mixed.
//
// Thread-safety: none; belongs to its shard.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/net/address.h"
#include "core/net/bytes.h"
#include "server/net/segment_run.h"
#include "server/net/socket_address.h"

namespace parley {

class RelayOutbox {
 public:
  static constexpr std::size_t most = 64;

  // A relay's socket, of its family (AF_INET or AF_INET6).
  struct From {
    int socket = -1;
    int family = AF_INET;
  };

  explicit RelayOutbox(Segmentation segmentation) : segmentation_(segmentation) {}

  // `bytes` and the socket stay as they are until flush(), which comes by itself where `most` wait.
  void add(From from, const TransportAddress& peer, Bytes bytes);

  // Sends what waits; of one socket, in the order that it was added.
  void flush();

 private:
  struct Waiting {
    From from;
    TransportAddress peer;
    Bytes bytes;
  };

  std::size_t send_run(std::size_t first);
  Waiting& in_order(std::size_t at) { return waiting_[order_[at] % most]; }

  Segmentation segmentation_;
  std::size_t count_ = 0;
  std::array<Waiting, most> waiting_;
  std::array<std::uint64_t, most> order_{};  // socket × most + index: sorted, runs are together
  std::array<iovec, SegmentRun::most> pieces_{};
};

}  // namespace parley
