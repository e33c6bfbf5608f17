// A block of IP addresses by its prefix (CIDR, RFC 4632).
#pragma once

#include <optional>
#include <string_view>

#include "core/net/address.h"

namespace parley {

class IpNetwork {
 public:
  // "10.0.0.0/8", "fd00::/8", or one address alone. Bits beyond the prefix are ignored.
  static std::optional<IpNetwork> parse(std::string_view text);

  constexpr bool contains(const IpAddress& address) const {
    return ((address.high() ^ base_.high()) & high_mask_) == 0 &&
           ((address.low() ^ base_.low()) & low_mask_) == 0;
  }

 private:
  constexpr IpNetwork(IpAddress base, unsigned bits)
      : base_(base),
        high_mask_(bits == 0    ? 0
                   : bits >= 64 ? ~0ULL
                                : ~0ULL << (64 - bits)),
        low_mask_(bits <= 64 ? 0 : ~0ULL << (128 - bits)) {}

  IpAddress base_;
  std::uint64_t high_mask_;
  std::uint64_t low_mask_;
};

}  // namespace parley
