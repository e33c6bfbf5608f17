#include "core/journal/story/words.h"

#include <array>

namespace parley::story {
namespace {

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// In order of Medium.
constexpr std::array<std::string_view, 3> devices{"microphone", "camera", "screen"};

// In order of MediaProblem.
constexpr std::array<std::string_view, 8> media_reasons{
    "the person did not allow it",
    "the system does not allow the browser to use it",
    "the page or the frame around it forbids it",
    "another program uses it",
    "there is none",
    "the page came without HTTPS",
    "the person closed the picker",
    "the browser could not start it"};

// In order of Problem.
constexpr std::array<std::string_view, names_of(Problem()).size()> reasons{
    "the person did not allow a device",
    "the system does not allow the browser to use a device",
    "the page or the frame around it forbids a device",
    "another program uses a device",
    "a device was not found",
    "the page came without HTTPS",
    "a device could not be started",
    "the device in use is gone and there is no other",
    "the device that the person chose could not be started",
    "the server could not be reached",
    "the server did not accept this page",
    "the room is full",
    "the call was continued in another window",
    "no network path was found",
    "the room is locked",
    "the room has a password",
    "the password was wrong",
    "too many wrong passwords were tried",
    "a host did not let this person in",
    "a host removed this person",
    "a host banned this person",
    "the call was ended for everybody",
    "the server asks for a token",
    "the token was not valid",
    "the token had expired"};
static_assert(!reasons.back().empty());

// In order of HintCause.
constexpr std::array<std::string_view, 3> hints{"There is a network again (online).",
                                                "There is another network now (network-changed).",
                                                "The page woke up (page-visible)."};

}  // namespace

std::string clock(Duration since_zero) {
  const auto seconds = since_zero.count_seconds();
  const auto within_hour = two_digits(seconds / 60 % 60) + ":" + two_digits(seconds % 60);
  return seconds < 3600 ? within_hour : std::to_string(seconds / 3600) + ":" + within_hour;
}

std::string span(Duration duration) {
  const auto milliseconds = duration.count_milliseconds();
  if (milliseconds < 100) return std::to_string(milliseconds) + " ms";
  const auto tenths = (milliseconds + 50) / 100;
  if (tenths < 100) return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
  const auto seconds = (milliseconds + 500) / 1000;
  if (seconds < 60) return std::to_string(seconds) + " s";
  return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

std::string count(std::size_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string list(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t index = 0; index < items.size(); ++index) {
    if (index > 0) text += index + 1 == items.size() ? " and " : ", ";
    text += items[index];
  }
  return text;
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string_view device(Medium medium) { return devices[static_cast<std::size_t>(medium)]; }

std::string_view reason(MediaProblem problem) {
  return media_reasons[static_cast<std::size_t>(problem)];
}

std::string_view reason(Problem problem) { return reasons[static_cast<std::size_t>(problem)]; }

std::string_view sentence(HintCause cause) { return hints[static_cast<std::size_t>(cause)]; }

}  // namespace parley::story
