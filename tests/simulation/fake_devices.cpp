#include "tests/simulation/fake_devices.h"

#include <algorithm>
#include <string>

namespace parley::simulation {
namespace {

DeviceLabel label_of(Medium medium, std::size_t index) {
  return DeviceLabel(std::string(name_of(medium)) + " " + std::to_string(index));
}

template <class T>
bool contains(const std::vector<T>& list, const T& element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

}  // namespace

DeviceLabel FakeDevices::chosen(Medium medium) { return label_of(medium, 1); }

DeviceLabels FakeDevices::present(Medium medium) const {
  DeviceLabels labels;
  for (std::size_t index = 0; index < of_each_kind; ++index) {
    if (const auto label = label_of(medium, index); !contains(unplugged_, label)) {
      labels.push_back(label);
    }
  }
  return labels;
}

input::Devices FakeDevices::list() const {
  return {present(Medium::Audio), present(Medium::Camera)};
}

// --- Requests ----------------------------------------------------------------------------------

void FakeDevices::stop_for(const output::AcquireMedia& request) {
  if (request.audio) release(Medium::Audio);
  if (request.camera) release(Medium::Camera);
}

void FakeDevices::release(Medium medium) {
  in_use_.erase(medium);
  std::erase(interrupted_, medium);
}

Input FakeDevices::answer(const output::AcquireMedia& request) {
  const bool has_all = (!request.audio || has(Medium::Audio, request.audio_device)) &&
                       (!request.camera || has(Medium::Camera, request.camera_device));
  if (!refusals_.empty()) {
    const auto problem = refusals_.back();
    refusals_.pop_back();
    was_refused_ = true;
    return input::MediaFailed{request.action, problem};
  }
  if (!has_all) return input::MediaFailed{request.action, MediaProblem::NotFound};
  input::MediaAcquired acquired{request.action, {}, {}};
  if (request.audio) acquired.audio_device = take(Medium::Audio, request.audio_device);
  if (request.camera) acquired.camera_device = take(Medium::Camera, request.camera_device);
  return acquired;
}

Input FakeDevices::answer(const output::AcquireScreen& request) {
  if (refusals_.empty()) return input::MediaAcquired{request.action, {}, {}};
  const auto problem = refusals_.back();
  refusals_.pop_back();
  return input::MediaFailed{request.action, problem};
}

bool FakeDevices::has(Medium medium, const std::optional<DeviceLabel>& asked) const {
  const auto there = present(medium);
  return asked ? contains<DeviceLabel>(there, *asked) : !there.empty();
}

DeviceLabel FakeDevices::take(Medium medium, const std::optional<DeviceLabel>& asked) {
  auto taken = asked ? *asked : present(medium).front();
  release(medium);
  in_use_.emplace(medium, taken);
  return taken;
}

// --- Accidents ---------------------------------------------------------------------------------

std::vector<Input> FakeDevices::toggle_plug(Medium medium, std::size_t index) {
  const auto label = label_of(medium, index % of_each_kind);
  std::vector<Input> said;
  if (contains(unplugged_, label)) {
    std::erase(unplugged_, label);
  } else {
    unplugged_.push_back(label);
    if (const auto used = in_use_.find(medium); used != in_use_.end() && used->second == label) {
      release(medium);
      said.emplace_back(input::MediaEnded{medium});
    }
  }
  said.emplace_back(list());
  return said;
}

std::optional<Input> FakeDevices::toggle_interruption(Medium medium) {
  if (!in_use_.contains(medium)) return std::nullopt;
  const bool begins = !contains(interrupted_, medium);
  if (begins) {
    interrupted_.push_back(medium);
  } else {
    std::erase(interrupted_, medium);
  }
  return input::MediaInterrupted{medium, begins};
}

// --- Looking -----------------------------------------------------------------------------------

std::optional<std::string> FakeDevices::disagreement(const Media& media) const {
  for (const auto& [medium, sending] :
       {std::pair(Medium::Audio, media.audio), std::pair(Medium::Camera, media.camera)}) {
    if (sending != Sending::On) continue;
    const auto name = std::string(name_of(medium));
    const auto used = in_use_.find(medium);
    if (used == in_use_.end()) return "says that it sends " + name + " and has no device for it";
    if (contains(interrupted_, medium)) return "says that it sends " + name + ", interrupted";
    const bool has_choice = contains(present(medium), chosen(medium));
    if (has_choice && !was_refused_ && used->second != chosen(medium)) {
      return "sends " + name + " from another device than the chosen one, which is there";
    }
  }
  return std::nullopt;
}

}  // namespace parley::simulation
