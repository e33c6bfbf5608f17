#include "server/options/ice_url.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/signaling/types.h"

namespace parley {
namespace {

// What comes after `scheme` and its colon, with or without the s for TLS.
std::optional<std::string_view> after_scheme(std::string_view text, std::string_view scheme) {
  if (!Url::accepts(text) || !text.starts_with(scheme)) return std::nullopt;
  text.remove_prefix(scheme.size());
  if (text.starts_with('s')) text.remove_prefix(1);
  if (!text.starts_with(':')) return std::nullopt;
  return text.substr(1);
}

bool consists_of(std::string_view text, std::string_view also) {
  constexpr std::string_view digits_and_letters =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return !text.empty() && std::ranges::all_of(text, [&](char each) {
    return digits_and_letters.find(each) != std::string_view::npos ||
           also.find(each) != std::string_view::npos;
  });
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_host_and_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos || !consists_of(text.substr(1, end - 1), ":.")) return false;
    text.remove_prefix(end + 1);
    return text.empty() || (text.starts_with(':') && is_port(text.substr(1)));
  }
  const auto colon = text.find(':');
  if (!consists_of(text.substr(0, colon), ".-")) return false;
  return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

}  // namespace

bool is_stun_url(std::string_view text) {
  const auto rest = after_scheme(text, "stun");
  return rest && is_host_and_port(*rest);
}

bool is_turn_url(std::string_view text) {
  const auto rest = after_scheme(text, "turn");
  if (!rest) return false;
  const auto query = std::min(rest->find('?'), rest->size());
  const auto transport = rest->substr(query);
  return is_host_and_port(rest->substr(0, query)) &&
         (transport.empty() || transport == "?transport=udp" || transport == "?transport=tcp");
}

}  // namespace parley
