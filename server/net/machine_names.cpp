#include "server/net/machine_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <memory>
#include <string_view>

namespace parley {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* first) const { freeifaddrs(first); }
};

std::string host_name() {
  // POSIX: at most 255 bytes.
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string text_of(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, address, text.data(), static_cast<socklen_t>(text.size()));
  return text.data();
}

void append_ipv4(std::vector<std::string>& names) {
  ifaddrs* first = nullptr;
  if (getifaddrs(&first) != 0) return;
  const std::unique_ptr<ifaddrs, FreeInterfaces> owner(first);
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) continue;
    const auto* address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
    const std::string text = text_of(AF_INET, &address->sin_addr);
    if (!text.starts_with("169.254.")) names.push_back(text);  // RFC 3927: link-local
  }
}

// Linux tells of temporary addresses here only: address, interface, length of the prefix, scope and
// flags in hexadecimal digits, then the interface's name.
void append_ipv6(std::vector<std::string>& names) {
  constexpr unsigned global_scope = 0;
  constexpr unsigned temporary = 1;  // IFA_F_TEMPORARY
  std::ifstream file("/proc/net/if_inet6");
  std::string digits;
  std::string interface;
  unsigned index = 0;
  unsigned prefix = 0;
  unsigned scope = 0;
  unsigned flags = 0;
  while (file >> digits >> std::hex >> index >> prefix >> scope >> flags >> interface) {
    if (digits.size() != 32 || scope != global_scope || (flags & temporary) != 0) continue;
    std::array<unsigned char, sizeof(in6_addr)> address{};
    for (std::size_t at = 0; at < address.size(); ++at) {
      std::from_chars(&digits[2 * at], &digits[2 * at] + 2, address[at], 16);
    }
    names.push_back(text_of(AF_INET6, address.data()));
  }
}

}  // namespace

std::vector<std::string> machine_names() {
  std::vector<std::string> names{"localhost"};
  if (const std::string host = host_name(); !host.empty()) names.push_back(host);
  names.insert(names.end(), {"127.0.0.1", "::1"});
  append_ipv4(names);
  append_ipv6(names);
  std::vector<std::string> unique;
  for (auto& name : names) {
    if (std::ranges::find(unique, name) == unique.end()) unique.push_back(std::move(name));
  }
  return unique;
}

}  // namespace parley
