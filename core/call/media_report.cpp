#include "core/call/media_report.h"

#include <array>
#include <string>

namespace parley {
namespace {

// In order of MediaProblem.
constexpr std::array<Problem, 8> problems{
    Problem::MediaDeniedByUser, Problem::MediaDeniedBySystem, Problem::MediaDeniedByPolicy,
    Problem::MediaInUse,        Problem::MediaNotFound,       Problem::MediaInsecurePage,
    Problem::MediaFailed,       Problem::MediaFailed};

// In order of MediaProblem; "%" is the device.
constexpr std::array<std::string_view, 8> sentences{
    "Access to the % was refused. Allow it in the browser's address bar and try again.",
    "The system does not let the browser use the %. Allow it in the system's privacy settings.",
    "This page is not allowed to use the %. Whoever embeds the call must allow it.",
    "The % is in use by another program. It is taken as soon as that program is closed.",
    "No % was found.",
    "Browsers give no % to pages without HTTPS. Open this page by its https:// address.",
    "",
    "The % could not be started."};

output::Report about(Problem problem, Medium medium, std::string_view sentence) {
  const std::string_view device = medium == Medium::Audio    ? "microphone"
                                  : medium == Medium::Camera ? "camera"
                                                             : "screen";
  std::string text(sentence);
  if (const auto at = text.find('%'); at != std::string::npos) text.replace(at, 1, device);
  return {problem, medium, std::nullopt, std::move(text)};
}

}  // namespace

output::Report report_of(MediaProblem problem, Medium medium) {
  const auto index = static_cast<std::size_t>(problem);
  return about(problems[index], medium, sentences[index]);
}

output::Report report_of_loss(Medium medium) {
  return about(Problem::MediaLost, medium, "The % is gone. It is used again when it is back.");
}

output::Report report_of_choice(Medium medium) {
  return about(Problem::DeviceUnavailable, medium, "This % cannot be used at the moment.");
}

}  // namespace parley
