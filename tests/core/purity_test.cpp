// The core does no I/O: it includes nothing and calls nothing that reaches a clock, a thread, a
// socket, a file, a random device or the host. Checked in the sources and in the compiled library.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <regex>
#include <set>
#include <string>

#include "tests/support/files.h"

namespace parley {
namespace {

// Headers the core may use; anything else is a decision to be made here, in sight.
const std::set<std::string> allowed_headers{
    "algorithm",   "array",   "bit",         "cassert", "charconv", "compare",
    "concepts",    "cstddef", "cstdint",     "cstring", "deque",    "iterator",
    "limits",      "map",     "optional",    "set",     "span",     "string",
    "string_view", "tuple",   "type_traits", "utility", "variant",  "vector"};

std::vector<std::filesystem::path> core_sources() {
  std::vector<std::filesystem::path> sources;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(testing::source_path("core"))) {
    const auto extension = entry.path().extension();
    const bool is_tool = entry.path().parent_path().filename() == "tools";
    if (!is_tool && (extension == ".h" || extension == ".cpp")) sources.push_back(entry.path());
  }
  return sources;
}

TEST(Core, IncludesOnlyItselfAndHeadersWithoutIo) {
  const std::regex include("#include ([<\"])([^>\"]+)[>\"]");
  const auto sources = core_sources();
  EXPECT_GE(sources.size(), 40u);
  for (const auto& source : sources) {
    const auto text = testing::read_file(source);
    for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end;
         ++match) {
      const std::string header = (*match)[2];
      if ((*match)[1] == "\"") {
        EXPECT_EQ(header.substr(0, 5), "core/") << source;
      } else {
        EXPECT_TRUE(allowed_headers.contains(header)) << header << " in " << source;
      }
    }
  }
}

std::set<std::string> undefined_symbols(const std::string& library) {
  const std::string command = "nm -C --undefined-only " + library + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::set<std::string> symbols;
  std::array<char, 4096> line;
  while (pipe && fgets(line.data(), line.size(), pipe.get())) {
    std::string text(line.data());
    const auto at = text.find(" U ");
    if (at == std::string::npos) continue;
    text = text.substr(at + 3);
    symbols.insert(text.substr(0, text.find_last_not_of(" \n") + 1));
  }
  return symbols;
}

TEST(Core, CallsNothingThatReachesOutside) {
  const std::regex denied(
      "(socket|connect|bind|listen|accept|send|recv|sendto|recvfrom|poll|select|epoll_\\w+|open|"
      "openat|fopen\\w*|read|write|close|time|clock\\w*|gettimeofday|nanosleep|usleep|sleep|rand|"
      "random|getrandom|getentropy|getenv|pthread_\\w+|fork|system|printf|puts|sin|cos|exp|log|"
      "pow|emscripten_\\w+)|"
      "std::(chrono|thread|this_thread|mutex|random_device|basic_.?fstream|cout|cerr)\\b.*");
  const auto symbols = undefined_symbols(PARLEY_CORE_LIBRARIES);
  EXPECT_GT(symbols.size(), 10u) << "nm printed nothing";
  for (const auto& symbol : symbols) {
    EXPECT_FALSE(std::regex_match(symbol, denied)) << symbol;
  }
}

}  // namespace
}  // namespace parley
