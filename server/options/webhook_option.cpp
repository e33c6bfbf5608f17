#include "server/options/webhook_option.h"

#include <utility>

#include "server/options/key_file.h"

namespace parley {
namespace {

// As many as 16 random bytes have in hexadecimal.
constexpr std::size_t fewest_secret_bytes = 32;

}  // namespace

Result<std::optional<WebhookOptions>, std::string> read_webhook(const WebhookArguments& arguments) {
  if (arguments.url.empty()) return std::optional<WebhookOptions>();
  auto url = parse_webhook_url(arguments.url);
  if (!url) return "\"" + arguments.url + "\" is no address such as https://app.example.org/hook.";
  auto secret = read_key_line(arguments.secret_file);
  if (!secret) return secret.error();
  if (secret->bytes.size() < fewest_secret_bytes) {
    return std::string(
        "The secret of the webhook is shorter than 32 characters; try openssl rand -hex 32.");
  }
  return std::optional(WebhookOptions{std::move(*url), std::move(secret->bytes)});
}

}  // namespace parley
