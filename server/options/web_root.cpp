#include "server/options/web_root.h"

#include <sys/auxv.h>

#include <algorithm>

namespace parley {

namespace fs = std::filesystem;

namespace {

fs::path this_program() {
  std::error_code failure;
  fs::path program = fs::canonical("/proc/self/exe", failure);
  if (!failure) return program;
  // In a changed root without /proc: as the program was called.
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands the address over as a number.
  return reinterpret_cast<const char*>(getauxval(AT_EXECFN));
}

}  // namespace

std::vector<fs::path> web_root_candidates(const fs::path& program) {
  const fs::path folder = program.parent_path();
  std::vector<fs::path> candidates;
  // Installed (bin/parley), next to the program, and in a build folder
  // (build/native/server/parley).
  for (const char* relative : {"../share/parley/web", "web", "../web", "../../web"}) {
    candidates.push_back((folder / relative).lexically_normal());
  }
  return candidates;
}

fs::path default_web_root(const fs::path& program) {
  const auto candidates = web_root_candidates(program);
  const auto found = std::ranges::find_if(candidates, [](const fs::path& candidate) {
    std::error_code ignored;
    return fs::exists(candidate / "index.html", ignored);
  });
  return found == candidates.end() ? candidates.front() : *found;
}

fs::path default_web_root() { return default_web_root(this_program()); }

}  // namespace parley
