// One microphone, camera or screen: what the person wants of it, what is there, and how far it has
// come.
//
// Thread-safety: none; belongs to one LocalMedia.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/call/types.h"

namespace parley {

// Why a device is being asked for; it decides what the person is told of the outcome.
enum class Purpose : std::uint8_t {
  Asked,    // the person switched it on
  Chosen,   // the person chose another one
  Replace,  // the one in use is gone
  Return,   // the chosen one is back
  Retake,   // the system has interrupted the one in use
  Retry,    // it could not be had before
};
constexpr auto names_of(Purpose) {
  return std::array<std::string_view, 6>{"asked", "chosen", "replace", "return", "retake", "retry"};
}

struct MediaSource {
  static bool is_listed(const std::vector<DeviceLabel>& labels, const DeviceLabel& label) {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
  }

  struct Released {
    static constexpr std::string_view type = "released";
    static constexpr auto fields() { return std::tuple(); }
  };
  struct Acquiring {
    static constexpr std::string_view type = "acquiring";
    Purpose purpose = Purpose::Asked;
    DeviceLabel asked;                  // empty: the browser's default
    std::optional<DeviceLabel> before;  // in use when this began
    std::vector<DeviceLabel> failed;    // asked for in vain
    static constexpr auto fields() {
      return std::tuple(field("purpose", &Acquiring::purpose), field("asked", &Acquiring::asked),
                        field("before", &Acquiring::before), field("failed", &Acquiring::failed));
    }
    // The device before is in use until the other one is there.
    bool is_exchange() const { return before && purpose != Purpose::Replace; }
    bool has_tried(const DeviceLabel& label) const {
      return asked == label || is_listed(failed, label);
    }
  };
  struct Live {
    static constexpr std::string_view type = "live";
    DeviceLabel device;  // empty where the browser does not say
    bool is_interrupted = false;
    static constexpr auto fields() {
      return std::tuple(field("device", &Live::device),
                        field("isInterrupted", &Live::is_interrupted));
    }
  };
  struct Unavailable {
    static constexpr std::string_view type = "unavailable";
    MediaProblem problem = MediaProblem::Other;
    std::optional<Timestamp> retry_at;
    static constexpr auto fields() {
      return std::tuple(field("problem", &Unavailable::problem),
                        field("retryAt", &Unavailable::retry_at));
    }
  };

  bool wanted = false;                // the person's choice, whatever the device does
  std::optional<DeviceLabel> chosen;  // likewise; nothing: the browser's default
  DeviceLabels present;               // empty as long as nothing is known
  std::variant<Released, Acquiring, Live, Unavailable> capture;

  template <class State>
  State* as() {
    return std::get_if<State>(&capture);
  }
  template <class State>
  const State* as() const {
    return std::get_if<State>(&capture);
  }

  // Whether another device than the chosen one is in use while that one is there.
  bool can_return() const {
    const auto* live = as<Live>();
    return live && chosen && live->device != *chosen && is_listed(present, *chosen);
  }

  // What to ask for next: the chosen one, the one before, the default, whatever else there is.
  // Nothing when all of these were asked for in vain.
  std::optional<DeviceLabel> pick(const std::vector<DeviceLabel>& failed,
                                  const std::optional<DeviceLabel>& before) const {
    std::vector<DeviceLabel> ranked;
    if (!chosen || present.empty() || is_listed(present, *chosen)) {
      ranked.push_back(chosen.value_or(DeviceLabel()));
    }
    if (before && is_listed(present, *before)) ranked.push_back(*before);
    ranked.emplace_back();
    for (const auto& label : present) {
      if (!label.empty()) ranked.push_back(label);
    }
    const auto next = std::find_if(ranked.begin(), ranked.end(), [&](const DeviceLabel& label) {
      return !is_listed(failed, label);
    });
    return next == ranked.end() ? std::nullopt : std::optional(*next);
  }

  static constexpr auto fields() {
    return std::tuple(field("wanted", &MediaSource::wanted), field("chosen", &MediaSource::chosen),
                      field("present", &MediaSource::present),
                      field("capture", &MediaSource::capture));
  }
};

}  // namespace parley
