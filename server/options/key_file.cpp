#include "server/options/key_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace parley {
namespace {

// More than a secret or a public key has. What is longer is another file.
constexpr std::size_t most_key_bytes = 16'384;

}  // namespace

Result<KeyText, std::string> read_key_file(const std::filesystem::path& path) {
  std::string bytes(most_key_bytes + 1, '\0');
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file && !file.eof()) return path.string() + " cannot be read: " + std::strerror(errno) + ".";
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > most_key_bytes) return path.string() + " is too long for a key.";
  return KeyText{std::move(bytes)};
}

Result<KeyText, std::string> read_key_line(const std::filesystem::path& path) {
  auto text = read_key_file(path);
  if (!text) return text;
  while (text->bytes.ends_with('\n') || text->bytes.ends_with('\r')) text->bytes.pop_back();
  return text;
}

}  // namespace parley
