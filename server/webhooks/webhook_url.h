// Where webhooks go, as an operator writes it.
//
// Thread-safety: free functions without state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley {

enum class WebhookScheme : std::uint8_t { Http, Https };

struct WebhookUrl {
  WebhookScheme scheme = WebhookScheme::Https;
  std::string host;       // a name or an IP address, without brackets
  std::string port;       // a number
  std::string authority;  // host and port as written: what the Host header says
  std::string target;     // the path with the query, at least "/"

  bool operator==(const WebhookUrl&) const = default;
};

// "https://HOST[:PORT][/PATH][?QUERY]", or http. Nothing where `text` is something else, or has a
// user, a password or a fragment.
std::optional<WebhookUrl> parse_webhook_url(std::string_view text);

}  // namespace parley
