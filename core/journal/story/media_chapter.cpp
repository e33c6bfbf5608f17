#include "core/journal/story/media_chapter.h"

#include <utility>

#include "core/journal/story/words.h"

namespace parley::story {
namespace {

// ` "Headset"`; browsers tell no names before a device was allowed.
std::string quoted(const DeviceLabel& label) {
  return label.empty() ? " without a name" : " \"" + label.value() + "\"";
}

}  // namespace

void MediaChapter::on(const output::AcquireMedia& output, const Turn&) {
  auto& devices = requests_[output.action];
  if (output.audio) devices.emplace_back(device(Medium::Audio));
  if (output.camera) devices.emplace_back(device(Medium::Camera));
  story_.tell("Asking for " + list(devices) + ".");
}

void MediaChapter::on(const output::AcquireScreen& output, const Turn&) {
  requests_[output.action].emplace_back(device(Medium::Screen));
  story_.tell("Asking which screen to share.");
}

std::string MediaChapter::take_request(ActionId action) {
  const auto request = requests_.extract(action);
  // A request from before the journal's beginning.
  return request.empty() ? "device" : list(request.mapped());
}

void MediaChapter::on(const input::MediaAcquired& input, const Turn&) {
  story_.tell(sentence_case(take_request(input.action)) + " granted.");
}

void MediaChapter::on(const input::MediaFailed& input, const Turn&) {
  story_.tell("No " + take_request(input.action) + ": " + std::string(reason(input.problem)) +
              " (" + std::string(name_of(input.problem)) + ").");
}

void MediaChapter::on(const input::SetSending& input, const Turn&) {
  switch (input.medium) {
    case Medium::Audio:
      return story_.tell(input.on ? "Unmuted." : "Muted.");
    case Medium::Camera:
      return story_.tell(input.on ? "Switched the camera on." : "Switched the camera off.");
    case Medium::Screen:
      return story_.tell(input.on ? "Wants to share the screen." : "Shares the screen no more.");
  }
}

void MediaChapter::on(const input::ChooseDevice& input, const Turn&) {
  const auto what = "Chose the " + std::string(device(input.medium));
  story_.tell(input.device ? what + quoted(*input.device) + "."
                           : what + " that the browser takes.");
}

void MediaChapter::on(const input::MediaInterrupted& input, const Turn&) {
  const std::string what(device(input.medium));
  story_.tell(input.interrupted ? "The system holds the " + what + " still."
                                : "The system lets the " + what + " go on.");
}

void MediaChapter::on(const output::ScaleCamera& output, const Turn&) {
  if (output.divisor == 1)
    return story_.tell("The camera's picture has its whole width and height again.");
  const std::string_view part = output.divisor == 2 ? "half" : "a quarter of";
  story_.tell("To so many the camera's picture is sent with " + std::string(part) +
              " its width and height.");
}

void MediaChapter::on(const output::DeviceNotice& output, const Turn&) {
  const auto what = "The " + std::string(device(output.medium));
  story_.tell(output.lost
                  ? what + quoted(*output.lost) + " gave way to" + quoted(output.device) + "."
                  : what + quoted(output.device) + " is used again.");
}

void MediaChapter::on(const input::MediaEnded& input, const Turn&) {
  story_.tell(input.medium == Medium::Screen ? "Sharing the screen was ended in the browser."
                                             : "The " + std::string(device(input.medium)) +
                                                   " is gone (unplugged, or taken by the system).");
}

}  // namespace parley::story
