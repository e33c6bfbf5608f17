#include "server/webhooks/webhook_url.h"

#include <algorithm>
#include <charconv>

namespace parley {
namespace {

// Longer than any that is in use.
constexpr std::size_t most_url_bytes = 2048;

// RFC 3986 section 2: what may stand in a URL at all.
bool is_url_character(char character) {
  constexpr std::string_view not_allowed = "\"<>\\^`{|}#";
  return character > 0x20 && character < 0x7f &&
         not_allowed.find(character) == std::string_view::npos;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port <= 65535;
}

bool is_host(std::string_view text, bool is_in_brackets) {
  constexpr std::string_view of_names =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";
  constexpr std::string_view of_ipv6 = "ABCDEFabcdef0123456789:.";
  return !text.empty() &&
         text.find_first_not_of(is_in_brackets ? of_ipv6 : of_names) == std::string_view::npos;
}

}  // namespace

std::optional<WebhookUrl> parse_webhook_url(std::string_view text) {
  if (text.size() > most_url_bytes || !std::ranges::all_of(text, is_url_character)) {
    return std::nullopt;
  }
  WebhookUrl url;
  if (text.starts_with("https://")) {
    text.remove_prefix(8);
  } else if (text.starts_with("http://")) {
    text.remove_prefix(7);
    url.scheme = WebhookScheme::Http;
  } else {
    return std::nullopt;
  }
  const auto authority = text.substr(0, text.find_first_of("/?"));
  url.authority = authority;
  url.target = text.substr(authority.size());
  if (!url.target.starts_with('/')) url.target.insert(0, "/");

  // RFC 3986 section 3.2.2: an IPv6 address stands in brackets.
  const bool is_in_brackets = authority.starts_with('[');
  const auto closing = is_in_brackets ? authority.find(']') : authority.find(':');
  if (is_in_brackets && closing == std::string_view::npos) return std::nullopt;
  const auto begin = is_in_brackets ? std::size_t{1} : std::size_t{0};
  url.host = authority.substr(begin, std::min(closing, authority.size()) - begin);
  auto rest = authority.substr(std::min(authority.size(), begin + url.host.size() + begin));
  url.port = url.scheme == WebhookScheme::Https ? "443" : "80";
  if (!rest.empty()) {
    if (!rest.starts_with(':') || !is_port(rest.substr(1))) return std::nullopt;
    url.port = rest.substr(1);
  }
  if (!is_host(url.host, is_in_brackets)) return std::nullopt;
  return url;
}

}  // namespace parley
