#include "server/options/token_options.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace parley {
namespace {

// More than a secret or a public key has. What is longer is another file.
constexpr std::size_t most_key_bytes = 16'384;

struct FileText {
  std::string bytes;
};

Result<FileText, std::string> read_file(const std::filesystem::path& path) {
  std::string bytes(most_key_bytes + 1, '\0');
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file && !file.eof()) return path.string() + " cannot be read: " + std::strerror(errno) + ".";
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > most_key_bytes) return path.string() + " is too long for a key.";
  return FileText{std::move(bytes)};
}

}  // namespace

Result<TokenKey, std::string> read_token_secret(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  while (text->bytes.ends_with('\n') || text->bytes.ends_with('\r')) text->bytes.pop_back();
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
  auto text = read_file(arguments.public_key);
  if (!text) return text.error();
  auto key = TokenKey::from_public_key(std::move(text->bytes));
  if (!key) return key.error();
  return std::optional(std::move(*key));
}

}  // namespace parley
