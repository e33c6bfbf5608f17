#include "server/options/relay_options.h"

#include <charconv>

namespace parley {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && stop == end && port != 0 ? std::optional(port) : std::nullopt;
}

}  // namespace

std::optional<turn::RelayAddress> parse_external_address(std::string_view text) {
  const auto slash = text.find('/');
  const auto announced = IpAddress::parse(text.substr(0, slash));
  if (!announced) return std::nullopt;
  if (slash == std::string_view::npos) {
    const bool is_ipv4 = announced->family() == AddressFamily::Ipv4;
    return turn::RelayAddress{*announced, is_ipv4 ? IpAddress::ipv4(0) : IpAddress()};
  }
  const auto local = IpAddress::parse(text.substr(slash + 1));
  if (!local || local->family() != announced->family()) return std::nullopt;
  return turn::RelayAddress{*announced, *local};
}

std::optional<turn::PortRange> parse_port_range(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = parse_port(text.substr(0, dash));
  const auto last = parse_port(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return turn::PortRange{*first, *last};
}

}  // namespace parley
