#include "server/options/reload.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace parley {

bool changes_while_running(const std::string& name) {
  constexpr std::array<std::string_view, 10> prefixes{
      "address-",    "websocket-", "unlimited-address", "trusted-proxy", "allow-origin",
      "allow-embed", "log-level",  "log-format",        "log-addresses", "webhook"};
  return std::ranges::any_of(prefixes, [&](auto prefix) { return name.starts_with(prefix); });
}

std::vector<std::string> that_need_restart(const Settings& at_start, const Settings& now) {
  std::vector<std::string> names;
  for (const auto& [name, values] : now) {
    if (changes_while_running(name)) continue;
    const auto before = at_start.find(name);
    if (before == at_start.end() || before->second != values) names.push_back(name);
  }
  return names;
}

}  // namespace parley
