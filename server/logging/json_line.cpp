#include "server/logging/json_line.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "core/base/json_writer.h"
#include "core/base/utf8.h"

namespace parley::log {
namespace {

std::string utc(std::chrono::system_clock::time_point time) {
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
  const std::time_t seconds = milliseconds / 1'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 8> fraction{};
  std::snprintf(fraction.data(), fraction.size(), ".%03dZ", static_cast<int>(milliseconds % 1'000));
  return std::string(date.data()) + fraction.data();
}

std::string as_utf8(std::string_view text) {
  std::string result(text);
  if (is_valid_utf8(text)) return result;
  std::ranges::replace_if(
      result, [](char c) { return (c & 0x80) != 0; }, '?');
  return result;
}

}  // namespace

std::string json_line(std::chrono::system_clock::time_point time, std::string_view level,
                      std::string_view event, std::string_view message) {
  JsonWriter json;
  json.begin_object();
  json.key("time");
  json.string(utc(time));
  json.key("level");
  json.string(level);
  json.key("event");
  json.string(event);
  json.key("message");
  json.string(as_utf8(message));
  json.end_object();
  return json.take() + "\n";
}

}  // namespace parley::log
