// What this participant sends: microphone, camera and screen. Each is asked for, may be refused, is
// switched off and on, and may vanish.
//
//     Released --wanted--> Acquiring --acquired--> Live --unwanted--> Released (camera, screen)
//     Acquiring --failed--> Unavailable --wanted again--> Acquiring
//     Live --device gone--> Unavailable
//
// The microphone stays open while muted, so that it is back at once; the camera is given back, so
// that its light goes out.
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/call/effects.h"

namespace parley {

class LocalMedia {
 public:
  // For the person to answer the browser's question. The call goes on meanwhile.
  static constexpr Duration answer_within = Duration::seconds(60);

  enum class Capture : std::uint8_t { Released, Acquiring, Live, Unavailable };

  // Asks for microphone and camera as far as they are wanted.
  void open(Effects& effects, bool audio, bool camera);
  void set_sending(Effects& effects, Medium medium, bool on);
  // The browser ended a track.
  void ended(Effects& effects, Medium medium);
  // Gives every device back.
  void close(Effects& effects);

  bool owns(ActionId action) const;
  // Precondition for both: owns(action).
  void acquired(Effects& effects, ActionId action);
  void failed(Effects& effects, ActionId action, MediaProblem problem);

  std::optional<Timestamp> next_timeout() const;
  void time_passed(Effects& effects);

  // What the others are told.
  Media sending() const;

  static constexpr auto fields() {
    return std::tuple(field("audio", &LocalMedia::audio_), field("camera", &LocalMedia::camera_),
                      field("screen", &LocalMedia::screen_),
                      field("requests", &LocalMedia::requests_));
  }

 private:
  struct Source {
    bool wanted = false;  // the person's choice, whatever the device does
    Capture capture = Capture::Released;
    static constexpr auto fields() {
      return std::tuple(field("wanted", &Source::wanted), field("capture", &Source::capture));
    }
  };
  // One request for one or two media; kept after its deadline until the browser answers, so that a
  // device which is granted late is given back.
  struct Request {
    ActionId action;
    std::vector<Medium> media;
    std::optional<Timestamp> until;  // nothing once the deadline has passed
    static constexpr auto fields() {
      return std::tuple(field("action", &Request::action), field("media", &Request::media),
                        field("until", &Request::until));
    }
  };

  friend constexpr auto names_of(Capture) {
    return std::array<std::string_view, 4>{"released", "acquiring", "live", "unavailable"};
  }

  Source& source(Medium medium);
  const Source& source(Medium medium) const;
  void request(Effects& effects, std::vector<Medium> media);
  void settle(Effects& effects, Medium medium);
  void give_up(Effects& effects, Medium medium, MediaProblem problem);
  Request take_request(ActionId action);

  Source audio_;
  Source camera_;
  Source screen_;
  std::vector<Request> requests_;
};

}  // namespace parley
