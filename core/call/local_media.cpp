#include "core/call/local_media.h"

#include <algorithm>
#include <string>
#include <utility>

namespace parley {
namespace {

constexpr std::array<Medium, 3> all_media{Medium::Audio, Medium::Camera, Medium::Screen};

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
    "The % is in use by another program. Close that program and try again.",
    "No % was found.",
    "Browsers give no % to pages without HTTPS. Open this page by its https:// address.",
    "",
    "The % could not be started."};

std::string sentence_for(MediaProblem problem, Medium medium) {
  const std::string_view device = medium == Medium::Audio    ? "microphone"
                                  : medium == Medium::Camera ? "camera"
                                                             : "screen";
  std::string sentence(sentences[static_cast<std::size_t>(problem)]);
  if (const auto at = sentence.find('%'); at != std::string::npos) sentence.replace(at, 1, device);
  return sentence;
}

}  // namespace

void LocalMedia::open(Effects& effects, bool audio, bool camera) {
  audio_.wanted = audio;
  camera_.wanted = camera;
  std::vector<Medium> media;
  if (audio) media.push_back(Medium::Audio);
  if (camera) media.push_back(Medium::Camera);
  if (!media.empty()) request(effects, std::move(media));
}

void LocalMedia::set_sending(Effects& effects, Medium medium, bool on) {
  auto& changed = source(medium);
  changed.wanted = on;
  switch (changed.capture) {
    case Capture::Live:
      settle(effects, medium);
      break;
    case Capture::Released:
    case Capture::Unavailable:
      if (on) request(effects, {medium});
      break;
    case Capture::Acquiring:
      break;
  }
}

void LocalMedia::ended(Effects& effects, Medium medium) {
  auto& changed = source(medium);
  if (changed.capture != Capture::Live) return;
  effects.emit(output::ReleaseMedia{medium});
  if (medium == Medium::Screen) {
    changed = {};
    return;
  }
  give_up(effects, medium, MediaProblem::NotFound);
}

void LocalMedia::close(Effects& effects) {
  for (const auto medium : all_media) {
    auto& changed = source(medium);
    if (changed.capture == Capture::Live) effects.emit(output::ReleaseMedia{medium});
    changed = {};
  }
  for (auto& request : requests_) request.until.reset();
}

// --- Requests ----------------------------------------------------------------------------------

void LocalMedia::request(Effects& effects, std::vector<Medium> media) {
  const auto action = effects.next_action();
  const auto asks_for = [&](Medium medium) {
    return std::find(media.begin(), media.end(), medium) != media.end();
  };
  for (const auto medium : media) source(medium).capture = Capture::Acquiring;
  if (asks_for(Medium::Screen)) {
    effects.emit(output::AcquireScreen{action});
  } else {
    effects.emit(output::AcquireMedia{action, asks_for(Medium::Audio), asks_for(Medium::Camera)});
  }
  requests_.push_back({action, std::move(media), effects.now() + answer_within});
}

bool LocalMedia::owns(ActionId action) const {
  return std::any_of(requests_.begin(), requests_.end(),
                     [&](const Request& request) { return request.action == action; });
}

LocalMedia::Request LocalMedia::take_request(ActionId action) {
  const auto found = std::find_if(requests_.begin(), requests_.end(),
                                  [&](const Request& request) { return request.action == action; });
  auto request = std::move(*found);
  requests_.erase(found);
  return request;
}

void LocalMedia::acquired(Effects& effects, ActionId action) {
  const auto request = take_request(action);
  for (const auto medium : request.media) {
    if (!request.until) {
      // Granted too late; another request may have brought the device since.
      if (source(medium).capture != Capture::Live) effects.emit(output::ReleaseMedia{medium});
      continue;
    }
    source(medium).capture = Capture::Live;
    settle(effects, medium);
  }
}

void LocalMedia::failed(Effects& effects, ActionId action, MediaProblem problem) {
  auto request_failed = take_request(action);
  if (!request_failed.until) return;
  // One of two may still be had alone: a laptop without a camera, a camera in use. No page without
  // HTTPS gets either.
  if (request_failed.media.size() > 1 && problem != MediaProblem::InsecurePage) {
    for (const auto medium : request_failed.media) request(effects, {medium});
    return;
  }
  for (const auto medium : request_failed.media) give_up(effects, medium, problem);
}

// Brings a live track in line with what the person wants by now.
void LocalMedia::settle(Effects& effects, Medium medium) {
  auto& live = source(medium);
  if (medium == Medium::Audio) {
    effects.emit(output::EnableTrack{medium, live.wanted});
  } else if (!live.wanted) {
    effects.emit(output::ReleaseMedia{medium});
    live.capture = Capture::Released;
  }
}

void LocalMedia::give_up(Effects& effects, Medium medium, MediaProblem problem) {
  auto& lost = source(medium);
  lost.wanted = false;
  lost.capture = medium == Medium::Screen ? Capture::Released : Capture::Unavailable;
  // Who closes the picker knows.
  if (problem == MediaProblem::Cancelled) return;
  effects.emit(output::Report{problems[static_cast<std::size_t>(problem)], medium, std::nullopt,
                              sentence_for(problem, medium)});
}

std::optional<Timestamp> LocalMedia::next_timeout() const {
  std::optional<Timestamp> earliest;
  for (const auto& request : requests_) {
    if (request.until && (!earliest || *request.until < *earliest)) earliest = request.until;
  }
  return earliest;
}

void LocalMedia::time_passed(Effects& effects) {
  for (auto& request : requests_) {
    if (!request.until || *request.until > effects.now()) continue;
    request.until.reset();
    for (const auto medium : request.media) give_up(effects, medium, MediaProblem::Other);
  }
}

// --- Looking up --------------------------------------------------------------------------------

Media LocalMedia::sending() const {
  const auto of_device = [](const Source& device) {
    if (device.capture == Capture::Unavailable) return Sending::None;
    return device.capture == Capture::Live && device.wanted ? Sending::On : Sending::Off;
  };
  return {of_device(audio_), of_device(camera_),
          screen_.capture == Capture::Live ? Sending::On : Sending::None};
}

const LocalMedia::Source& LocalMedia::source(Medium medium) const {
  switch (medium) {
    case Medium::Audio:
      return audio_;
    case Medium::Camera:
      return camera_;
    case Medium::Screen:
      break;
  }
  return screen_;
}

LocalMedia::Source& LocalMedia::source(Medium medium) {
  return const_cast<Source&>(std::as_const(*this).source(medium));
}

}  // namespace parley
