// The program `parley`: reads its options, serves until it is asked to stop, and stops in good
// order.
#include <csignal>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

#include "server/doctor/doctor.h"
#include "server/logging/log.h"
#include "server/options/command_line.h"
#include "server/options/file_limit.h"
#include "server/options/reload.h"
#include "server/options/token_command.h"
#include "server/options/web_root.h"
#include "server/server.h"

namespace {

constexpr int cannot_start = 1;

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string url_of(const std::string& scheme, const std::string& host, std::uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const std::string shown = is_loopback(host) && host != "::1" ? "localhost"
                            : is_ipv6                          ? "[" + host + "]"
                                                               : host;
  return scheme + "://" + shown + ":" + std::to_string(port);
}

// What an operator asks of the program by signals, held back from its making on. Make it before any
// thread starts.
class Signals {
 public:
  Signals() {
    sigemptyset(&signals_);
    for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals_, number);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // Blocks until SIGTERM or SIGINT; calls `reload` at each SIGHUP. From then on the next of the
  // first two ends the process at once, as by default: whoever asks twice does not want to wait.
  template <class Reload>
  void wait_for_stop(Reload reload) {
    int received = 0;
    while (sigwait(&signals_, &received) == 0 && received == SIGHUP) reload();
    sigdelset(&signals_, SIGHUP);
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  }

 private:
  sigset_t signals_{};
};

// Reads the configuration anew, and the certificate's files. What is no good leaves all as it is.
void reload(const std::vector<std::string>& arguments, const parley::Settings& at_start,
            parley::Server& server) {
  auto parsed = parley::parse_command_line(arguments);
  server.reload_certificate();
  if (const auto* early = std::get_if<parley::EarlyExit>(&parsed)) {
    std::string reason = early->text;
    while (reason.ends_with('\n')) reason.pop_back();
    parley::log::error("configuration-refused", "{}. The options so far stay in use.", reason);
    return;
  }
  auto& line = std::get<parley::CommandLine>(parsed);
  parley::log::change(line.log);
  server.change(std::move(line.server.policy));
  server.change_webhook(std::move(line.server.webhook));
  std::string names;
  for (const auto& name : parley::that_need_restart(at_start, line.settings)) {
    names += (names.empty() ? "" : ", ") + name;
  }
  if (!names.empty()) {
    parley::log::warn("restart-needed", "Changed, and in use after a restart only: {}.", names);
  }
  parley::log::info("configuration-reloaded", "The configuration was read anew.");
}

int run_doctor(std::vector<std::string> arguments) {
  const auto diagnosis = parley::diagnose(std::move(arguments));
  std::cout << diagnosis.text;
  return diagnosis.exit_status;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (!arguments.empty() && arguments.front() == "doctor") {
    return run_doctor({arguments.begin() + 1, arguments.end()});
  }
  if (!arguments.empty() && arguments.front() == "token") {
    const auto printed = parley::run_token_command({arguments.begin() + 1, arguments.end()});
    (printed.exit_status == 0 ? std::cout : std::cerr) << printed.text;
    return printed.exit_status;
  }
  auto parsed = parley::parse_command_line(arguments);
  if (const auto* early = std::get_if<parley::EarlyExit>(&parsed)) {
    (early->exit_status == 0 ? std::cout : std::cerr) << early->text;
    return early->exit_status;
  }
  auto& line = std::get<parley::CommandLine>(parsed);
  parley::log::set_up(line.log);
  parley::raise_file_limit();
  signal(SIGPIPE, SIG_IGN);
  if (line.server.web_root.empty()) {
    line.server.web_root = parley::default_web_root();
  }

  const parley::TlsOptions tls = line.server.tls;
  Signals signals;
  const std::string host = line.server.host;
  auto server = parley::Server::start(std::move(line.server));
  if (!server) {
    std::cerr << "parley: " << server.error() << '\n';
    return cannot_start;
  }
  if (!is_loopback(host) && !tls.is_on()) {
    parley::log::warn(
        "no-tls",
        "Listening on {} without TLS: browsers give a page its camera and microphone only over "
        "https or on localhost. Give a certificate with --tls-cert and --tls-key, have one made "
        "with --tls-self-signed, or put a proxy that has one in front.",
        host);
  }
  if (tls.self_signed) {
    parley::log::info(
        "self-signed",
        "The certificate is self-signed; browsers ask before they trust it. SHA-256: {}",
        (*server)->self_signed_fingerprint());
  }
  std::cout << "Parley is ready: "
            << url_of(tls.is_on() ? "https" : "http", host, (*server)->port()) << std::endl;

  signals.wait_for_stop([&] { reload(arguments, line.settings, **server); });
  parley::log::info("shutting-down", "Shutting down; a second signal ends at once.");
  (*server)->drain();
  return 0;
}
