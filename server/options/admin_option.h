// Who may administer the server by its API: whoever has the key, or nobody.
//
// Thread-safety: any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "server/admission/admin_key.h"

namespace parley {

// The key in one line of the file; nothing where `path` is empty. The error is a sentence.
Result<std::optional<AdminKey>, std::string> read_admin_key(const std::filesystem::path& path);

}  // namespace parley
