#include "core/net/network.h"

#include <charconv>

namespace parley {

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return std::nullopt;
  const bool is_dotted = text.find(':') == std::string_view::npos;
  const unsigned most_bits = is_dotted ? 32 : 128;
  unsigned bits = most_bits;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const bool is_whole = end == digits.data() + digits.size();
    if (error != std::errc() || !is_whole || bits > most_bits) return std::nullopt;
  }
  // IPv4 lies in the last 32 bits, see IpAddress.
  return IpNetwork(*base, is_dotted ? bits + 96 : bits);
}

}  // namespace parley
