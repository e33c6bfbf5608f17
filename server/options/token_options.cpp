#include "server/options/token_options.h"

#include <utility>

#include "server/options/key_file.h"

namespace parley {

Result<TokenKey, std::string> read_token_secret(const std::filesystem::path& path) {
  auto text = read_key_line(path);
  if (!text) return text.error();
  return TokenKey::from_secret(std::move(text->bytes));
}

Result<std::optional<TokenKey>, std::string> read_token_key(const TokenArguments& arguments) {
  const bool has_secret = !arguments.secret_file.empty();
  const bool has_key = !arguments.public_key.empty();
  if (arguments.authentication != "token") {
    if (!has_secret && !has_key) return std::optional<TokenKey>();
    return std::string("A key of tokens is of use with --auth token only.");
  }
  if (has_secret == has_key) {
    return std::string("--auth token needs either --token-secret-file or --token-public-key.");
  }
  if (has_secret) {
    auto key = read_token_secret(arguments.secret_file);
    if (!key) return key.error();
    return std::optional(std::move(*key));
  }
  auto text = read_key_file(arguments.public_key);
  if (!text) return text.error();
  auto key = TokenKey::from_public_key(std::move(text->bytes));
  if (!key) return key.error();
  return std::optional(std::move(*key));
}

}  // namespace parley
