// Who may come in: everybody, or those with a token.
//
// Thread-safety: any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "server/admission/access_token.h"

namespace parley {

// As they are written.
struct TokenArguments {
  std::string authentication = "open";  // or "token"
  std::filesystem::path secret_file;    // of HS256
  std::filesystem::path public_key;     // PEM, of RS256
};

// The secret in one line of a file. The error is a sentence.
Result<TokenKey, std::string> read_token_secret(const std::filesystem::path& path);

// The key of the tokens that are asked for; nothing where none are. The error is a sentence.
Result<std::optional<TokenKey>, std::string> read_token_key(const TokenArguments& arguments);

}  // namespace parley
