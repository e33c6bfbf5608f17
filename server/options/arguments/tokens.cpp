#include "server/options/arguments/tokens.h"

#include "server/options/arguments/declare.h"

namespace parley {

void declare_tokens(CLI::App& app, TokenArguments& tokens) {
  declare(app, "auth", tokens.authentication,
          "open: everybody may come; token: who has a token (see parley token --help)")
      ->check(CLI::IsMember({"open", "token"}));
  declare(app, "token-secret-file", tokens.secret_file,
          "file with the secret that tokens are signed with (HS256), 32 bytes or more");
  declare(app, "token-public-key", tokens.public_key,
          "file with the public key of whoever signs tokens (RS256, PEM)");
}

void declare_admin_key(CLI::App& app, std::filesystem::path& file) {
  declare(app, "admin-key-file", file,
          "file with the key that requests to /api/v1 show (Authorization: Bearer KEY), 32\n"
          "characters or more; without it the API is off");
}

void declare_webhook(CLI::App& app, WebhookArguments& webhook) {
  auto* const url = declare(app, "webhook", webhook.url,
                            "address that is told who comes and goes, https://HOST/PATH or http");
  auto* const secret = declare(app, "webhook-secret-file", webhook.secret_file,
                               "file with the secret that webhooks are signed with, 32 characters "
                               "or more");
  url->needs(secret);
  secret->needs(url);
}

}  // namespace parley
