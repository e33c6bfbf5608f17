// Tells the log of refusals: enough to see that there are some and whose, and not a line for each,
// which would be a second flood.
//
// Thread-safety: none.
#pragma once

#include <array>
#include <optional>

#include "core/limits/limits.h"
#include "core/net/address.h"

namespace parley {

class RefusalLog {
 public:
  // A line for each reason at a time. All of them are counted in /metrics.
  static constexpr Duration pause = Duration::seconds(10);

  void refused(LimitReason reason, const std::optional<IpAddress>& address, Timestamp now);

 private:
  std::array<std::optional<Timestamp>, names_of(LimitReason{}).size()> logged_;
};

}  // namespace parley
