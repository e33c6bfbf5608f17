// When each client of a server that ends its service is to come back: soon, but not all at once.
//
// Thread-safety: none.
#pragma once

#include <cstddef>
#include <optional>

#include "core/signaling/messages.h"

namespace parley {

class ReturnPlan {
 public:
  // Nobody comes back before: what starts a server anew needs a moment to notice and to do so. A
  // server elsewhere is there already.
  static constexpr Duration restart = Duration::milliseconds(500);

  // Between two that come back: a thousand clients within three seconds, each with its join and
  // what it has to tell the others, keep one core less than half busy.
  static constexpr Duration between_two = Duration::microseconds(2'500);

  // The plan of one of `shards` shards that share the stretch of time; `shard` counts from 0.
  // `elsewhere` is the address of another server, if the clients are to go there.
  ReturnPlan(std::size_t shard, std::size_t shards, std::optional<Url> elsewhere)
      : slot_(shard), stride_(shards), elsewhere_(std::move(elsewhere)) {}

  // What the next client is told.
  ComeBack next();

 private:
  std::size_t slot_;
  const std::size_t stride_;
  const std::optional<Url> elsewhere_;
};

}  // namespace parley
