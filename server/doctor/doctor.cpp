#include "server/doctor/doctor.h"

#include <sys/resource.h>

#include <algorithm>
#include <variant>

#include "core/base/fields.h"
#include "server/doctor/checks.h"
#include "server/net/turn_setup.h"
#include "server/options/command_line.h"
#include "server/options/file_limit.h"
#include "server/options/web_root.h"

namespace parley {
namespace {

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.resize(std::max(width, text.size()), ' ');
  return result;
}

std::uint64_t file_limit() {
  raise_file_limit();
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

void append(Findings& all, Findings more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<turn::RelayAddress> announced(const ServerOptions& options) {
  const auto listening = IpAddress::parse(options.host == "localhost" ? "127.0.0.1" : options.host);
  if (!listening || options.relay.turn == OwnTurn::Off) return {};
  return relay_addresses(options.relay, *listening);
}

}  // namespace

Diagnosis diagnose(std::vector<std::string> arguments) {
  auto parsed = parse_command_line(std::move(arguments));
  if (const auto* early = std::get_if<EarlyExit>(&parsed)) {
    if (early->exit_status == 0) return {early->text, 0};
    std::string text = early->text.substr(std::string_view("parley: ").size());
    while (text.ends_with('\n')) text.pop_back();
    if (!text.ends_with('?')) text += '.';
    return report({{Grade::Problem, "configuration", text,
                    "Correct it; parley --help and --print-config tell what there is."}});
  }
  ServerOptions options = std::move(std::get<CommandLine>(parsed).server);
  if (options.web_root.empty()) {
    options.web_root = default_web_root();
  }
  const auto now = WallClock::now();
  Findings findings{{Grade::Good, "configuration", "It can be read.", ""}};
  append(findings, check_certificate(options, now));
  append(findings, check_ports(options));
  append(findings, check_addresses(options, announced(options)));
  append(findings, check_clock(options, now));
  append(findings, check_file_limit(options, file_limit()));
  append(findings, check_folders(options));
  return report(findings);
}

Diagnosis report(const Findings& findings) {
  constexpr std::size_t verdict_width = 9;
  constexpr std::size_t subject_width = 15;
  Diagnosis diagnosis;
  for (const auto& each : findings) {
    diagnosis.text += padded(name_of(each.verdict), verdict_width) +
                      padded(each.subject, subject_width) + each.text + "\n";
    if (!each.remedy.empty()) {
      diagnosis.text += std::string(verdict_width + subject_width, ' ') + each.remedy + "\n";
    }
  }
  const auto problems =
      std::ranges::count(findings, Grade::Problem, [](const auto& each) { return each.verdict; });
  diagnosis.exit_status = problems == 0 ? 0 : 1;
  diagnosis.text += problems == 0 ? "\nNothing keeps calls from working.\n"
                    : problems == 1
                        ? "\nOne problem is to be mended.\n"
                        : "\n" + std::to_string(problems) + " problems are to be mended.\n";
  return diagnosis;
}

}  // namespace parley
