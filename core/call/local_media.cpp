#include "core/call/local_media.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/call/media_report.h"

namespace parley {
namespace {

constexpr std::array<Medium, 3> all_media{Medium::Audio, Medium::Camera, Medium::Screen};
constexpr std::array<Medium, 2> devices{Medium::Audio, Medium::Camera};

// Whether another device, or the same one later, may do.
bool may_pass(MediaProblem problem) {
  return problem == MediaProblem::InUse || problem == MediaProblem::NotFound ||
         problem == MediaProblem::Other;
}

// Names are there, or nothing is: a list without names says nothing of a device that had one.
bool is_telling(const DeviceLabels& labels) {
  return labels.empty() || std::any_of(labels.begin(), labels.end(),
                                       [](const DeviceLabel& label) { return !label.empty(); });
}

}  // namespace

// --- The person --------------------------------------------------------------------------------

void LocalMedia::open(Effects& effects, const input::Open& wish) {
  audio_.wanted = wish.audio;
  audio_.chosen = wish.audio_device;
  camera_.wanted = wish.camera;
  camera_.chosen = wish.camera_device;
  std::vector<Medium> media;
  for (const auto medium : devices) {
    if (!source(medium).wanted) continue;
    source(medium).capture =
        Acquiring{Purpose::Asked, *source(medium).pick({}, std::nullopt), std::nullopt, {}};
    media.push_back(medium);
  }
  if (!media.empty()) request(effects, std::move(media));
}

void LocalMedia::set_sending(Effects& effects, Medium medium, bool on) {
  auto& changed = source(medium);
  changed.wanted = on;
  if (const auto* live = changed.as<Live>()) {
    const bool is_interrupted = live->is_interrupted;
    settle(effects, medium);
    if (!on) return;
    if (is_interrupted) return exchange(effects, medium, Purpose::Retake);
    if (changed.can_return()) exchange(effects, medium, Purpose::Return);
  } else if (auto* const unavailable = changed.as<Unavailable>(); unavailable && !on) {
    unavailable->retry_at.reset();
  } else if (on && !changed.as<Acquiring>()) {
    acquire(effects, medium, {Purpose::Asked, {}, std::nullopt, {}});
  }
}

void LocalMedia::choose(Effects& effects, Medium medium, const std::optional<DeviceLabel>& device) {
  auto& changed = source(medium);
  changed.chosen = device;
  if (const auto* live = changed.as<Live>()) {
    const bool is_there = !device || MediaSource::is_listed(changed.present, *device);
    if (is_there && device != live->device) exchange(effects, medium, Purpose::Chosen);
  } else if (changed.as<Unavailable>() && changed.wanted) {
    acquire(effects, medium, {Purpose::Chosen, {}, std::nullopt, {}});
  }
}

void LocalMedia::close(Effects& effects) {
  for (const auto medium : all_media) {
    auto& changed = source(medium);
    const auto* acquiring = changed.as<Acquiring>();
    if (changed.as<Live>() || (acquiring && acquiring->is_exchange())) {
      effects.emit(output::ReleaseMedia{medium});
    }
    changed = {false, std::nullopt, std::move(changed.present), Released{}};
  }
  for (auto& request : requests_) request.until.reset();
}

// --- Devices -----------------------------------------------------------------------------------

void LocalMedia::devices_changed(Effects& effects, const input::Devices& now) {
  for (const auto medium : devices) {
    auto& changed = source(medium);
    const auto& list = medium == Medium::Audio ? now.audio : now.camera;
    const auto before = std::exchange(changed.present, list);
    if (before == list) continue;
    const auto comes_or_goes = [&](const DeviceLabel& label) {
      return MediaSource::is_listed(before, label) != MediaSource::is_listed(list, label);
    };
    if (const auto* live = changed.as<Live>()) {
      const bool is_known = !live->device.empty() && MediaSource::is_listed(before, live->device);
      if (is_known && is_telling(list) && comes_or_goes(live->device)) {
        // Not every browser ends the track of a device that is unplugged.
        ended(effects, medium);
      } else if (changed.wanted && changed.can_return() && comes_or_goes(*changed.chosen)) {
        exchange(effects, medium, Purpose::Return);
      }
    } else if (auto* const acquiring = changed.as<Acquiring>()) {
      // What was plugged in just now was not asked for in vain.
      std::erase_if(acquiring->failed, comes_or_goes);
    } else if (!list.empty()) {
      retry(effects, medium);
    }
  }
}

void LocalMedia::ended(Effects& effects, Medium medium) {
  auto& changed = source(medium);
  const auto* live = changed.as<Live>();
  if (!live) return;
  const auto device = live->device;
  effects.emit(output::ReleaseMedia{medium});
  changed.capture = Released{};
  if (medium == Medium::Screen) changed.wanted = false;
  if (!changed.wanted) return;
  // It may be the default as well, or be there again: that one is asked for in any case.
  std::vector<DeviceLabel> failed;
  if (!device.empty()) failed.push_back(device);
  acquire(effects, medium, {Purpose::Replace, {}, device, std::move(failed)});
}

bool LocalMedia::interrupted(Medium medium, bool is_interrupted) {
  auto* const live = source(medium).as<Live>();
  if (live) live->is_interrupted = is_interrupted;
  return live != nullptr;
}

void LocalMedia::page_visible(Effects& effects) {
  for (const auto medium : devices) {
    const auto* live = source(medium).as<Live>();
    if (live && live->is_interrupted && source(medium).wanted) {
      exchange(effects, medium, Purpose::Retake);
    } else if (const auto* none = source(medium).as<Unavailable>(); none && none->retry_at) {
      retry(effects, medium);
    }
  }
}

void LocalMedia::exchange(Effects& effects, Medium medium, Purpose purpose) {
  const auto device = source(medium).as<Live>()->device;
  acquire(effects, medium, {purpose, {}, device, {}});
}

void LocalMedia::retry(Effects& effects, Medium medium) {
  const auto& lost = source(medium);
  // While the browser has not answered yet another request would only wait behind it.
  if (!lost.as<Unavailable>() || !lost.wanted || is_asked_for(medium)) return;
  acquire(effects, medium, {Purpose::Retry, {}, std::nullopt, {}});
}

// --- Requests ----------------------------------------------------------------------------------

bool LocalMedia::acquire(Effects& effects, Medium medium, Acquiring how) {
  const auto next = source(medium).pick(how.failed, how.before);
  if (!next) return false;
  how.asked = *next;
  source(medium).capture = std::move(how);
  request(effects, {medium});
  return true;
}

void LocalMedia::request(Effects& effects, std::vector<Medium> media) {
  const auto action = effects.next_action();
  const auto device_of = [&](Medium medium) -> std::optional<DeviceLabel> {
    const auto* acquiring = source(medium).as<Acquiring>();
    const bool is_meant = std::find(media.begin(), media.end(), medium) != media.end();
    return is_meant && acquiring ? std::optional(acquiring->asked) : std::nullopt;
  };
  if (media.front() == Medium::Screen) {
    effects.emit(output::AcquireScreen{action});
  } else {
    const auto named = [](const std::optional<DeviceLabel>& device) {
      return device && !device->empty() ? device : std::nullopt;
    };
    const auto audio = device_of(Medium::Audio);
    const auto camera = device_of(Medium::Camera);
    effects.emit(output::AcquireMedia{action, audio.has_value(), camera.has_value(), named(audio),
                                      named(camera)});
  }
  requests_.push_back({action, std::move(media), effects.now() + answer_within});
}

void LocalMedia::acquired(Effects& effects, const input::MediaAcquired& outcome) {
  const auto request = take_request(outcome.action);
  for (const auto medium : request.media) {
    if (request.until || source(medium).wanted) {
      arrived(effects, medium,
              medium == Medium::Camera ? outcome.camera_device : outcome.audio_device);
    } else if (!source(medium).as<Live>()) {
      // Granted too late; another request may have brought the device since.
      effects.emit(output::ReleaseMedia{medium});
    }
  }
}

void LocalMedia::arrived(Effects& effects, Medium medium,
                         const std::optional<DeviceLabel>& device) {
  auto& there = source(medium);
  const auto how = there.as<Acquiring>() ? std::optional(*there.as<Acquiring>()) : std::nullopt;
  there.capture = Live{device.value_or(DeviceLabel()), false};
  settle(effects, medium);
  if (!there.as<Live>()) return;
  if (how && device && how->before != device) tell(effects, medium, *how, *device);
  // It came back, or was chosen, while another one was asked for.
  if (there.wanted && there.can_return() && !(how && how->has_tried(*there.chosen))) {
    exchange(effects, medium, Purpose::Return);
  }
}

void LocalMedia::tell(Effects& effects, Medium medium, const Acquiring& how,
                      const DeviceLabel& device) {
  const auto& chosen = source(medium).chosen;
  const auto in_vain =
      chosen && MediaSource::is_listed(how.failed, *chosen) ? chosen : std::nullopt;
  switch (how.purpose) {
    case Purpose::Replace:
    case Purpose::Retake:
      return effects.emit(output::DeviceNotice{medium, device, how.before});
    case Purpose::Retry:
    case Purpose::Return:
      return effects.emit(output::DeviceNotice{medium, device, in_vain});
    case Purpose::Asked:
      if (in_vain) effects.emit(output::DeviceNotice{medium, device, in_vain});
      return;
    case Purpose::Chosen:  // the report says it
      return;
  }
}

void LocalMedia::failed(Effects& effects, ActionId action, MediaProblem problem) {
  const auto vain = take_request(action);
  if (!vain.until) return;
  // One of two may still be had alone: a laptop without a camera, a camera in use. No page without
  // HTTPS gets either.
  const bool is_worth_it = vain.media.size() > 1 && problem != MediaProblem::InsecurePage;
  for (const auto medium : vain.media) {
    if (is_worth_it) {
      request(effects, {medium});
    } else {
      missed(effects, medium, problem);
    }
  }
}

void LocalMedia::missed(Effects& effects, Medium medium, MediaProblem problem) {
  auto& lost = source(medium);
  // A request before this one may have been granted late.
  if (!lost.as<Acquiring>()) return;
  auto how = *lost.as<Acquiring>();
  if (how.purpose == Purpose::Chosen && how.asked == lost.chosen) {
    effects.emit(report_of_choice(medium));
  }
  // Where the browser finds no default there is nothing at all.
  const bool ends = !may_pass(problem) || (problem == MediaProblem::NotFound && how.asked.empty());
  how.failed.push_back(how.asked);
  const bool is_needed = lost.wanted || how.is_exchange();
  if (ends || !is_needed || medium == Medium::Screen || !acquire(effects, medium, how)) {
    give_up(effects, medium, how, problem);
  }
}

// Brings a live track in line with what the person wants by now.
void LocalMedia::settle(Effects& effects, Medium medium) {
  auto& live = source(medium);
  if (medium == Medium::Audio) {
    effects.emit(output::EnableTrack{medium, live.wanted});
  } else if (!live.wanted) {
    effects.emit(output::ReleaseMedia{medium});
    live.capture = Released{};
  }
}

void LocalMedia::give_up(Effects& effects, Medium medium, const Acquiring& vain,
                         MediaProblem problem) {
  auto& lost = source(medium);
  if (vain.is_exchange()) effects.emit(output::ReleaseMedia{medium});
  const bool is_in_use = problem == MediaProblem::InUse;
  const bool was_had = vain.purpose != Purpose::Asked && may_pass(problem);
  lost.wanted = lost.wanted && medium != Medium::Screen && (is_in_use || was_had);
  if (medium == Medium::Screen) {
    lost.capture = Released{};
  } else {
    const auto retry_at = effects.now() + retry_after + effects.random().below(retry_after);
    lost.capture = Unavailable{problem, is_in_use ? std::optional(retry_at) : std::nullopt};
  }
  // Who closes the picker knows; and nobody wants to hear of every attempt.
  if (problem == MediaProblem::Cancelled || (vain.purpose == Purpose::Retry && lost.wanted)) return;
  const bool is_lost = problem == MediaProblem::NotFound && vain.before;
  effects.emit(is_lost ? report_of_loss(medium) : report_of(problem, medium));
}

// --- Time --------------------------------------------------------------------------------------

std::optional<Timestamp> LocalMedia::next_timeout() const {
  std::optional<Timestamp> earliest;
  const auto consider = [&](const std::optional<Timestamp>& at) {
    if (at && (!earliest || *at < *earliest)) earliest = at;
  };
  for (const auto& request : requests_) consider(request.until);
  for (const auto medium : devices) {
    if (const auto* unavailable = source(medium).as<Unavailable>()) consider(unavailable->retry_at);
  }
  return earliest;
}

void LocalMedia::time_passed(Effects& effects) {
  for (auto& request : requests_) {
    if (!request.until || *request.until > effects.now()) continue;
    request.until.reset();
    for (const auto medium : request.media) {
      if (const auto* const vain = source(medium).as<Acquiring>()) {
        give_up(effects, medium, Acquiring(*vain), MediaProblem::Other);
      }
    }
  }
  for (const auto medium : devices) {
    auto* const unavailable = source(medium).as<Unavailable>();
    if (!unavailable || !unavailable->retry_at || *unavailable->retry_at > effects.now()) continue;
    unavailable->retry_at = effects.now() + retry_after;
    retry(effects, medium);
  }
}

// --- Looking up --------------------------------------------------------------------------------

Media LocalMedia::sending() const {
  const auto of_device = [](const MediaSource& device) {
    if (device.as<Unavailable>()) return Sending::None;
    const auto* live = device.as<Live>();
    const auto* acquiring = device.as<Acquiring>();
    const bool flows =
        live ? !live->is_interrupted
             : acquiring && acquiring->is_exchange() && acquiring->purpose != Purpose::Retake;
    return flows && device.wanted ? Sending::On : Sending::Off;
  };
  return {of_device(audio_), of_device(camera_), screen_.as<Live>() ? Sending::On : Sending::None};
}

std::vector<Medium> LocalMedia::interrupted() const {
  std::vector<Medium> found;
  for (const auto medium : devices) {
    const auto* live = source(medium).as<Live>();
    if (live && live->is_interrupted && source(medium).wanted) found.push_back(medium);
  }
  return found;
}

bool LocalMedia::owns(ActionId action) const {
  return std::any_of(requests_.begin(), requests_.end(),
                     [&](const Request& request) { return request.action == action; });
}

bool LocalMedia::is_asked_for(Medium medium) const {
  return std::any_of(requests_.begin(), requests_.end(), [&](const Request& request) {
    return std::find(request.media.begin(), request.media.end(), medium) != request.media.end();
  });
}

LocalMedia::Request LocalMedia::take_request(ActionId action) {
  const auto found = std::find_if(requests_.begin(), requests_.end(),
                                  [&](const Request& request) { return request.action == action; });
  auto request = std::move(*found);
  requests_.erase(found);
  return request;
}

const MediaSource& LocalMedia::source(Medium medium) const {
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

MediaSource& LocalMedia::source(Medium medium) {
  return const_cast<MediaSource&>(std::as_const(*this).source(medium));
}

}  // namespace parley
