#include <unistd.h>

#include <system_error>

#include "server/doctor/checks.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

// No Parley is older.
constexpr std::chrono::year_month_day first_day{std::chrono::year(2026), std::chrono::January,
                                                std::chrono::day(1)};

// Sockets beside those of WebSockets: requests for pages, files, the event loops.
constexpr std::uint64_t other_files = 1'000;

// Gone with some hundred people.
constexpr std::uint64_t few_files = 4'096;

bool is_writable(fs::path folder) {
  std::error_code ignored;
  while (!fs::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
  return access(folder.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

Findings check_clock(const ServerOptions& options, WallClock::time_point now) {
  const std::string remedy = "Set the clock, and keep it set: timedatectl set-ntp true.";
  if (now < std::chrono::sys_days(first_day)) {
    return {
        {Grade::Problem, "clock",
         "The clock says a date before this program was made: certificates and invitations will "
         "not be valid.",
         remedy}};
  }
  // What was written cannot have been written later than now.
  std::error_code error;
  const auto written = fs::last_write_time(options.web_root / "index.html", error);
  if (!error && written > std::chrono::file_clock::from_sys(now) + std::chrono::days(1)) {
    return {{Grade::Problem, "clock",
             "The clock is behind: the web pages were written later than now.", remedy}};
  }
  return {{Grade::Good, "clock", "It says a date that can be.", ""}};
}

Findings check_file_limit(const ServerOptions& options, std::uint64_t limit) {
  const std::uint64_t relays =
      options.relay.turn == OwnTurn::On ? options.relay.allocations : std::uint64_t{0};
  const std::uint64_t needed = options.max_connections + relays + other_files;
  const std::string text =
      "It may have " + std::to_string(limit) +
      " files and sockets open; --max-connections and --turn-allocations could need " +
      std::to_string(needed);
  if (limit >= needed) return {{Grade::Good, "file limit", text + ".", ""}};
  return {{limit < few_files ? Grade::Problem : Grade::Note, "file limit",
           text + ". At the limit nobody gets in.",
           "Raise it (LimitNOFILE= in the systemd unit, `ulimit -Hn` in a shell), or lower those "
           "two."}};
}

Findings check_folders(const ServerOptions& options) {
  Findings findings;
  std::string missing;
  for (const char* name : {"index.html", "call.html", "embed.html", "parley.js", "parley.wasm"}) {
    if (access((options.web_root / name).c_str(), R_OK) == 0) continue;
    missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  const std::string root = options.web_root.string();
  if (missing.empty()) {
    findings.push_back({Grade::Good, "web folder", root + " has the pages.", ""});
  } else {
    findings.push_back({Grade::Problem, "web folder", root + " lacks " + missing + ".",
                        "Build the pages (scripts/run --build-only), install the package, or say "
                        "where they are with --web-root."});
  }
  const std::string state = options.state_dir.string();
  if (state.empty()) {
    findings.push_back({Grade::Note, "state folder",
                        "There is none: after a restart people come back under new ids.",
                        "Give one with --state-dir."});
  } else if (!is_writable(options.state_dir)) {
    findings.push_back({Grade::Problem, "state folder", "This user may not write to " + state + ".",
                        "Give another one with --state-dir, or its owner's rights."});
  } else {
    findings.push_back({Grade::Good, "state folder", state + " can be written to.", ""});
  }
  return findings;
}

}  // namespace parley
