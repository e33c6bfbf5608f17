#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <variant>

#include "server/options/command_line.h"
#include "server/options/reload.h"
#include "tests/fuzz/bodies.h"
#include "tests/fuzz/check.h"

namespace parley::fuzz {

void config(std::string_view bytes) {
  // What another file holds is not this target's, and names of files are not to be tried out.
  if (bytes.find("secret-file") != std::string_view::npos) return;
  const int file = memfd_create("config", MFD_CLOEXEC);
  check(file >= 0, "there is memory for a file");
  const bool is_written =
      ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  if (is_written) {
    const auto parsed = parse_command_line({"--config", "/proc/self/fd/" + std::to_string(file)});
    if (const auto* early = std::get_if<EarlyExit>(&parsed)) {
      const bool is_refusal = early->exit_status == 2 && early->text.starts_with("parley: ");
      check(is_refusal || early->exit_status == 0, "what is refused is refused in words");
    } else {
      const auto& line = std::get<CommandLine>(parsed);
      check(line.server.threads >= 1 && line.server.max_connections >= 1, "options are in range");
      check(that_need_restart(line.settings, line.settings).empty(), "nothing differs from itself");
    }
  }
  ::close(file);
}

}  // namespace parley::fuzz
