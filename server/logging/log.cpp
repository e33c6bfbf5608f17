#include "server/logging/log.h"

#include <spdlog/formatter.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <atomic>
#include <memory>

#include "server/logging/json_line.h"

namespace parley::log {
namespace {

std::atomic<LoggedAddresses> logged_addresses{LoggedAddresses::Redacted};

class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
    const auto level = spdlog::level::to_string_view(message.level);
    const char* const event = message.source.funcname;
    const std::string text =
        json_line(message.time, {level.data(), level.size()}, event == nullptr ? "other" : event,
                  {message.payload.data(), message.payload.size()});
    line.append(text.data(), text.data() + text.size());
  }
  std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonFormatter>(); }
};

}  // namespace

void set_up(const LogOptions& options) {
  spdlog::set_default_logger(spdlog::stderr_color_mt("parley"));
  change(options);
}

void change(const LogOptions& options) {
  if (options.format == LogFormat::Json) {
    spdlog::set_formatter(std::make_unique<JsonFormatter>());
  } else {
    spdlog::set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  }
  spdlog::set_level(spdlog::level::from_str(options.level));
  logged_addresses = options.addresses;
}

std::string shown(const IpAddress& address) {
  return logged_addresses == LoggedAddresses::Shown ? to_string(address) : "(an address)";
}

}  // namespace parley::log
