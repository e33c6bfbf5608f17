// What somebody brings along who asks to enter a room. The host has checked it: the core has no
// cryptography.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/signaling/types.h"

namespace parley {

// A role, and for a guest whether it can become a host by itself.
enum class Standing : std::uint8_t {
  Guest,
  Successor,  // becomes a host when there is none
  Host,
};
constexpr auto names_of(Standing) {
  return std::array<std::string_view, 3>{"guest", "successor", "host"};
}
constexpr Role role_of(Standing standing) {
  return standing == Standing::Host ? Role::Host : Role::Guest;
}

// What a token says of who shows it.
struct Pass {
  Identity identity;
  Standing standing = Standing::Guest;

  bool operator==(const Pass&) const = default;
};

}  // namespace parley
