// parley-replay FILE: runs a journal through the core and compares the outputs byte for byte.
// Exit status: 0 no difference, 1 a difference (the first is printed), 2 the file cannot be read.
#include "core/journal/replay.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fputs("Usage: parley-replay FILE\n", stderr);
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "parley-replay: cannot read %s\n", arguments[1]);
    return 2;
  }
  const std::string journal{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto report = parley::replay(journal);
  if (report.inputs == 0 && !report.difference) {
    std::fprintf(stderr, "parley-replay: %s holds no input\n", arguments[1]);
    return 2;
  }
  if (report.difference) {
    std::printf("line %zu differs\n  journal: %s\n  replay:  %s\n", report.difference->line,
                report.difference->expected.c_str(), report.difference->actual.c_str());
    return 1;
  }
  std::printf("%zu inputs, %zu outputs, no difference\n", report.inputs, report.outputs);
  return 0;
}
