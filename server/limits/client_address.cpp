#include "server/limits/client_address.h"

#include <algorithm>

namespace parley {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

IpAddress ip_address_of(const boost::asio::ip::address& address) {
  if (address.is_v4()) return IpAddress::ipv4(address.to_v4().to_uint());
  const auto bytes = address.to_v6().to_bytes();
  return *IpAddress::from_bytes(bytes);
}

IpAddress client_address(const IpAddress& peer, std::optional<std::string_view> forwarded,
                         const std::vector<IpNetwork>& trusted_proxies) {
  const auto is_trusted = [&](const IpAddress& address) {
    return std::ranges::any_of(trusted_proxies,
                               [&](const auto& each) { return each.contains(address); });
  };
  IpAddress client = peer;
  std::string_view rest = forwarded.value_or("");
  while (is_trusted(client) && !rest.empty()) {
    const auto comma = rest.rfind(',');
    const auto last = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
    const auto next = IpAddress::parse(trimmed(last));
    if (!next) break;
    client = *next;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
  }
  return client;
}

}  // namespace parley
