#include "server/options/network_list.h"

namespace parley {

std::string check_network(const std::string& text) {
  if (IpNetwork::parse(text)) return {};
  return "\"" + text + "\" is not a network such as 10.0.0.0/8";
}

std::vector<IpNetwork> networks(const std::vector<std::string>& texts) {
  std::vector<IpNetwork> result;
  result.reserve(texts.size());
  for (const auto& text : texts) result.push_back(*IpNetwork::parse(text));
  return result;
}

}  // namespace parley
