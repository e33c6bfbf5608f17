// The program `parley`: reads its options, serves until it is asked to stop, and stops in good
// order.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <variant>

#include "server/options/command_line.h"
#include "server/options/file_limit.h"
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
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return host == "localhost" || (!error && address.is_loopback());
}

std::string url_of(const std::string& host, std::uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const std::string shown = is_loopback(host) && host != "::1" ? "localhost"
                            : is_ipv6                          ? "[" + host + "]"
                                                               : host;
  return "http://" + shown + ":" + std::to_string(port);
}

// SIGTERM and SIGINT, from its making on. Once one has come, the next ends the process at once, as
// by default: whoever asks twice does not want to wait.
class StopSignal {
 public:
  StopSignal() : signals_(context_, SIGTERM, SIGINT) {
    signals_.async_wait([this](boost::system::error_code, int) { signals_.clear(); });
  }
  void wait() { context_.run(); }

 private:
  boost::asio::io_context context_;
  boost::asio::signal_set signals_;
};

}  // namespace

int main(int argc, char** argv) {
  auto parsed = parley::parse_command_line({argv + 1, argv + argc});
  if (const auto* early = std::get_if<parley::EarlyExit>(&parsed)) {
    (early->exit_status == 0 ? std::cout : std::cerr) << early->text;
    return early->exit_status;
  }
  auto& line = std::get<parley::CommandLine>(parsed);
  set_up_log(line.log_level);
  parley::raise_file_limit();
  std::signal(SIGPIPE, SIG_IGN);
  if (line.server.web_root.empty()) {
    line.server.web_root = parley::default_web_root(std::filesystem::canonical("/proc/self/exe"));
  }

  const std::string host = line.server.host;
  auto server = parley::Server::start(std::move(line.server));
  if (!server) {
    std::cerr << "parley: " << server.error() << '\n';
    return cannot_start;
  }
  if (!is_loopback(host)) {
    spdlog::warn(
        "Listening on {} without TLS: browsers give a page its camera and microphone only over "
        "https or on localhost. Put a proxy with a certificate in front.",
        host);
  }
  StopSignal stop;
  std::cout << "Parley is ready: " << url_of(host, (*server)->port()) << std::endl;

  stop.wait();
  spdlog::info("Shutting down; a second signal ends at once.");
  (*server)->drain();
  return 0;
}
