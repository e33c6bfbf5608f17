// The program `parley`: reads its options, serves until it is asked to stop, and stops in good
// order.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <variant>

#include "server/options/command_line.h"
#include "server/options/file_limit.h"
#include "server/options/token_command.h"
#include "server/options/web_root.h"
#include "server/server.h"

namespace {

constexpr int cannot_start = 1;

// Logs go to standard error, so that standard output holds the one line that programs wait for.
void set_up_log(const std::string& level) {
  auto log = spdlog::stderr_color_mt("parley");
  log->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  log->set_level(spdlog::level::from_str(level));
  spdlog::set_default_logger(std::move(log));
}

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
  // SIGHUP only where there is something to reload: otherwise it ends the program, as by default,
  // when its terminal is closed.
  explicit Signals(bool with_reload) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    if (with_reload) sigaddset(&signals_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // Blocks until SIGTERM or SIGINT; calls `reload` at each SIGHUP. From then on the next of them
  // ends the process at once, as by default: whoever asks twice does not want to wait.
  template <class Reload>
  void wait_for_stop(Reload reload) {
    int received = 0;
    while (sigwait(&signals_, &received) == 0 && received == SIGHUP) reload();
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  }

 private:
  sigset_t signals_{};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "token") {
    const auto exit = parley::run_token_command({argv + 2, argv + argc});
    (exit.exit_status == 0 ? std::cout : std::cerr) << exit.text;
    return exit.exit_status;
  }
  auto parsed = parley::parse_command_line({argv + 1, argv + argc});
  if (const auto* early = std::get_if<parley::EarlyExit>(&parsed)) {
    (early->exit_status == 0 ? std::cout : std::cerr) << early->text;
    return early->exit_status;
  }
  auto& line = std::get<parley::CommandLine>(parsed);
  set_up_log(line.log_level);
  parley::raise_file_limit();
  signal(SIGPIPE, SIG_IGN);
  if (line.server.web_root.empty()) {
    line.server.web_root = parley::default_web_root(std::filesystem::canonical("/proc/self/exe"));
  }

  const parley::TlsOptions tls = line.server.tls;
  Signals signals(!tls.certificate.empty());
  const std::string host = line.server.host;
  auto server = parley::Server::start(std::move(line.server));
  if (!server) {
    std::cerr << "parley: " << server.error() << '\n';
    return cannot_start;
  }
  if (!is_loopback(host) && !tls.is_on()) {
    spdlog::warn(
        "Listening on {} without TLS: browsers give a page its camera and microphone only over "
        "https or on localhost. Give a certificate with --tls-cert and --tls-key, have one made "
        "with --tls-self-signed, or put a proxy that has one in front.",
        host);
  }
  if (tls.self_signed) {
    spdlog::info("The certificate is self-signed; browsers ask before they trust it. SHA-256: {}",
                 (*server)->self_signed_fingerprint());
  }
  std::cout << "Parley is ready: "
            << url_of(tls.is_on() ? "https" : "http", host, (*server)->port()) << std::endl;

  signals.wait_for_stop([&server] { (*server)->reload_certificate(); });
  spdlog::info("Shutting down; a second signal ends at once.");
  (*server)->drain();
  return 0;
}
