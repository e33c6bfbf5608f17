// Keys and secrets in files of their own: on a command line everybody on the machine could read
// them.
//
// Thread-safety: any thread.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace parley {

struct KeyText {
  std::string bytes;
};

// The whole file. The error is a sentence; a file that is longer than any key is one.
Result<KeyText, std::string> read_key_file(const std::filesystem::path& path);

// The same without the line's end after it.
Result<KeyText, std::string> read_key_line(const std::filesystem::path& path);

}  // namespace parley
