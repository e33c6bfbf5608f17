#include "server/options/rate_option.h"

#include <charconv>

namespace parley {
namespace {

std::optional<std::uint32_t> parse_count(std::string_view text) {
  std::uint32_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, count);
  return error == std::errc() && stop == end && count != 0 ? std::optional(count) : std::nullopt;
}

}  // namespace

std::optional<Rate> parse_rate(std::string_view text) {
  if (text == "off") return Rate{};
  const auto colon = text.find(':');
  const auto per_second = parse_count(text.substr(0, colon));
  const auto burst =
      colon == std::string_view::npos ? per_second : parse_count(text.substr(colon + 1));
  if (!per_second || !burst) return std::nullopt;
  return Rate{*per_second, *burst};
}

std::string to_string(Rate rate) {
  if (!rate.is_capped()) return "off";
  return std::to_string(rate.per_second) + ":" + std::to_string(rate.burst);
}

}  // namespace parley
