#include "server/options/admin_option.h"

#include <utility>

#include "server/options/key_file.h"

namespace parley {

Result<std::optional<AdminKey>, std::string> read_admin_key(const std::filesystem::path& path) {
  if (path.empty()) return std::optional<AdminKey>();
  auto text = read_key_line(path);
  if (!text) return text.error();
  auto key = AdminKey::from_text(std::move(text->bytes));
  if (!key) return key.error();
  return std::optional(std::move(*key));
}

}  // namespace parley
