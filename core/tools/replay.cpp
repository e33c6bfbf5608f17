// parley-replay: runs a journal through the core, compares the outputs byte for byte, and tells the
// story of the call where asked to.
#include "core/journal/replay.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "core/journal/explain.h"

namespace {

constexpr std::string_view usage =
    "Usage: parley-replay [--explain] FILE\n"
    "\n"
    "Runs a call's journal (\"Save report\" in the call's menu) through the core and compares\n"
    "what the call did with what the core does now, byte for byte.\n"
    "\n"
    "  --explain   first tell in plain words what happened to the call, and why\n"
    "  --help      show this\n"
    "\n"
    "Exit status: 0 no difference, 1 a difference (the first is printed), 2 bad options or a file\n"
    "that cannot be read.\n";

constexpr int status_same = 0;
constexpr int status_differs = 1;
constexpr int status_unusable = 2;

enum class Action { Replay, Explain, Help };

struct Options {
  Action action = Action::Replay;
  std::string file;
};

int refuse(const std::string& why) {
  std::fprintf(stderr, "parley-replay: %s\n", why.c_str());
  return status_unusable;
}

// The options, or why they make no sense in `error`.
std::optional<Options> read_options(int argument_count, char** arguments, std::string& error) {
  Options options;
  for (int index = 1; index < argument_count; ++index) {
    const std::string argument = arguments[index];
    if (argument == "--help" || argument == "-h") return Options{Action::Help, {}};
    if (argument == "--explain") {
      options.action = Action::Explain;
    } else if (argument.starts_with('-')) {
      error = "unknown option " + argument + "; --help shows what there is";
      return std::nullopt;
    } else if (!options.file.empty()) {
      error = "one file at a time, not " + options.file + " and " + argument;
      return std::nullopt;
    } else {
      options.file = argument;
    }
  }
  if (options.file.empty()) {
    error = "which file? --help shows how to name it";
    return std::nullopt;
  }
  return options;
}

std::optional<std::string> read_file(const std::string& name) {
  std::error_code ignored;
  if (std::filesystem::is_directory(name, ignored)) return std::nullopt;
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

int print(const parley::ReplayReport& report) {
  if (const auto& difference = report.difference) {
    std::printf("line %zu differs\n  journal: %s\n  replay:  %s\n", difference->line,
                difference->expected.c_str(), difference->actual.c_str());
    return status_differs;
  }
  std::printf("%zu inputs, %zu outputs, no difference\n", report.inputs, report.outputs);
  return status_same;
}

}  // namespace

int main(int argument_count, char** arguments) {
  std::string error;
  const auto options = read_options(argument_count, arguments, error);
  if (!options) return refuse(error);
  if (options->action == Action::Help) {
    std::fwrite(usage.data(), 1, usage.size(), stdout);
    return status_same;
  }
  const auto journal = read_file(options->file);
  if (!journal) return refuse("cannot read " + options->file);
  const auto report = parley::replay(*journal);
  if (report.inputs == 0 && !report.difference) return refuse(options->file + " holds no input");
  if (options->action == Action::Explain) {
    for (const auto& line : parley::explain(*journal)) std::printf("%s\n", line.c_str());
    std::printf("\n");
  }
  return print(report);
}
