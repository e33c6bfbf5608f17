// Files of the source tree, for tests that read vectors or look at the sources themselves.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace parley::testing {

inline std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(PARLEY_SOURCE_DIR) / relative;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace parley::testing
