// The microphones and cameras of a modelled browser: two of each, as long as nobody pulls one out.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/call/input.h"
#include "core/call/output.h"

namespace parley::simulation {

class FakeDevices {
 public:
  // What every person of a simulation has chosen.
  static DeviceLabel chosen(Medium medium);

  // How the next requests end, the last one first.
  void refuse(std::vector<MediaProblem> refusals) { refusals_ = std::move(refusals); }

  // As the SDK does before it asks the browser: the tracks that are there are stopped.
  void stop_for(const output::AcquireMedia& request);
  // Answers with the device that is asked for; one that is not there is not found.
  Input answer(const output::AcquireMedia& request);
  Input answer(const output::AcquireScreen& request);
  void release(Medium medium);

  // Pulls a device out or plugs it in again. What the browser then says, in order.
  std::vector<Input> toggle_plug(Medium medium, std::size_t index);
  // The system holds the track still, or lets it go on; nothing where there is no such track.
  std::optional<Input> toggle_interruption(Medium medium);
  // The list, as a browser gives it once a device has been allowed.
  input::Devices list() const;

  // What is wrong with a call that sends `media`: it would send from a device that is not there.
  std::optional<std::string> disagreement(const Media& media) const;

  static constexpr auto fields() {
    return std::tuple(field("unplugged", &FakeDevices::unplugged_),
                      field("inUse", &FakeDevices::in_use_),
                      field("interrupted", &FakeDevices::interrupted_),
                      field("refusals", &FakeDevices::refusals_));
  }

 private:
  static constexpr std::size_t of_each_kind = 2;

  DeviceLabels present(Medium medium) const;
  bool has(Medium medium, const std::optional<DeviceLabel>& asked) const;
  DeviceLabel take(Medium medium, const std::optional<DeviceLabel>& asked);

  std::vector<DeviceLabel> unplugged_;
  std::map<Medium, DeviceLabel> in_use_;
  std::vector<Medium> interrupted_;
  std::vector<MediaProblem> refusals_;
  bool was_refused_ = false;
};

}  // namespace parley::simulation
