#include "server/options/turn_secret.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

namespace parley {
namespace {

// Far more than a secret has. What is longer is another file, and /dev/zero would never end.
constexpr std::size_t most_secret_bytes = 1024;

}  // namespace

Result<TurnSecret, std::string> read_turn_secret(const std::filesystem::path& path) {
  std::array<char, most_secret_bytes + 1> bytes{};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  file.read(bytes.data(), bytes.size());
  if (!file && !file.eof()) {
    return path.string() + " cannot be read: " + std::strerror(errno) + ".";
  }
  std::string text(bytes.data(), static_cast<std::size_t>(file.gcount()));
  const bool is_whole = text.size() <= most_secret_bytes;
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (text.empty()) return path.string() + " is empty; it should hold the TURN server's secret.";
  constexpr std::string_view no_part_of_a_line("\n\r\0", 3);
  if (!is_whole || text.find_first_of(no_part_of_a_line) != std::string::npos) {
    return path.string() + " holds more than one line; it should hold the TURN server's secret.";
  }
  return TurnSecret{std::move(text)};
}

}  // namespace parley
