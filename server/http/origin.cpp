#include "server/http/origin.h"

#include <algorithm>
#include <cctype>

namespace parley {
namespace {

constexpr std::string_view schemes[] = {"http://", "https://"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

// "https://HOST[:PORT]" in its parts, without the port where it is the scheme's.
struct Origin {
  std::string scheme;  // with "://"
  std::string authority;
};

std::string without_port(std::string authority, std::string_view scheme) {
  const std::string_view own = scheme == "https://" ? ":443" : ":80";
  if (authority.ends_with(own)) authority.resize(authority.size() - own.size());
  return authority;
}

std::optional<Origin> parse(std::string_view text) {
  const std::string origin = lower(text);
  for (const std::string_view scheme : schemes) {
    if (!origin.starts_with(scheme)) continue;
    const std::string authority = origin.substr(scheme.size());
    if (authority.empty()) return std::nullopt;
    return Origin{std::string(scheme), without_port(authority, scheme)};
  }
  return std::nullopt;
}

bool matches(const Origin& origin, const std::string& pattern) {
  const auto allowed = parse(pattern);
  if (!allowed || allowed->scheme != origin.scheme) return false;
  if (!allowed->authority.starts_with("*.")) return allowed->authority == origin.authority;
  // Names below, not the name itself; as CSP has it.
  const std::string_view suffix = std::string_view(allowed->authority).substr(1);
  return origin.authority.size() > suffix.size() && origin.authority.ends_with(suffix);
}

}  // namespace

bool is_origin_pattern(std::string_view text) {
  if (text == "*" || text == "self" || text == "null") return true;
  const auto origin = parse(text);
  if (!origin) return false;
  std::string_view authority = origin->authority;
  if (authority.starts_with("*.")) authority.remove_prefix(2);
  constexpr std::string_view of_hosts = "abcdefghijklmnopqrstuvwxyz0123456789-._:[]";
  return !authority.empty() && authority.find_first_not_of(of_hosts) == std::string_view::npos;
}

bool may_connect(std::optional<std::string_view> origin, std::string_view host,
                 const std::vector<std::string>& allowed) {
  if (!origin || std::ranges::find(allowed, "*") != allowed.end()) return true;
  const auto parsed = parse(*origin);
  // Of what is no address, browsers send "null" only; "self" in the list is ours to understand.
  if (!parsed) return *origin == "null" && std::ranges::find(allowed, "null") != allowed.end();
  // Whether the server is reached by https only its proxy may know; the name and the port tell.
  if (parsed->authority == without_port(lower(host), parsed->scheme)) return true;
  return std::ranges::any_of(allowed, [&](const auto& each) { return matches(*parsed, each); });
}

std::string frame_ancestors(const std::vector<std::string>& embedders) {
  if (std::ranges::find(embedders, "*") != embedders.end()) return "*";
  std::string result = "'self'";
  for (const auto& each : embedders) {
    if (parse(each)) result += " " + each;
  }
  return result;
}

}  // namespace parley
