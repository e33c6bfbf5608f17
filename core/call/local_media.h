// What this participant sends: microphone, camera and screen. Each is asked for, may be refused, is
// switched off and on, and may vanish and come back.
//
//     Released --wanted--> Acquiring --acquired--> Live --unwanted--> Released (camera, screen)
//     Acquiring --failed--> Acquiring (the next device) | Unavailable
//     Live --device gone--> Acquiring | Released (the person had muted it)
//     Live --another chosen, the chosen one back, interrupted for long--> Acquiring
//     Unavailable --wanted again, or it may be there again--> Acquiring
//
// The microphone stays open while muted, so that it is back at once; the camera is given back, so
// that its light goes out.
//
// The person's choice of a device stands while the device is away. Nothing is taken by itself but
// what the person had on, or would have on if another program had not taken it: a camera that is
// plugged in for the first time in the middle of a call waits to be asked for.
//
// Thread-safety: none; belongs to one Call.
#pragma once

#include <optional>
#include <vector>

#include "core/call/effects.h"
#include "core/call/input.h"
#include "core/call/media_source.h"

namespace parley {

class LocalMedia {
 public:
  // For the person to answer the browser's question. The call goes on meanwhile.
  static constexpr Duration answer_within = Duration::seconds(60);

  // Between attempts to get a device that another program uses, and jitter on top: seldom enough
  // to cost nothing, often enough not to be forgotten.
  static constexpr Duration retry_after = Duration::seconds(20);

  // Asks for microphone and camera as far as they are wanted.
  void open(Effects& effects, const input::Open& wish);
  void set_sending(Effects& effects, Medium medium, bool on);
  // Precondition: not the screen.
  void choose(Effects& effects, Medium medium, const std::optional<DeviceLabel>& device);
  // What is there now.
  void devices_changed(Effects& effects, const input::Devices& devices);
  // The browser ended a track.
  void ended(Effects& effects, Medium medium);
  // False when nothing is live that could be. Precondition: not the screen, whose track rests
  // whenever its window does.
  bool interrupted(Medium medium, bool is_interrupted);
  // The page was in the background or asleep: what could not be had then may be free now.
  void page_visible(Effects& effects);
  // Gives every device back.
  void close(Effects& effects);

  bool owns(ActionId action) const;
  // Precondition for both: owns(action).
  void acquired(Effects& effects, const input::MediaAcquired& outcome);
  void failed(Effects& effects, ActionId action, MediaProblem problem);

  std::optional<Timestamp> next_timeout() const;
  void time_passed(Effects& effects);

  // Whether the person wants to send it, as far as it can be had.
  bool is_wanted(Medium medium) const { return source(medium).wanted; }

  // What the others are told.
  Media sending() const;
  // What they are not sent because the system does not let it through.
  std::vector<Medium> interrupted() const;

  static constexpr auto fields() {
    return std::tuple(field("audio", &LocalMedia::audio_), field("camera", &LocalMedia::camera_),
                      field("screen", &LocalMedia::screen_),
                      field("requests", &LocalMedia::requests_));
  }

 private:
  using Live = MediaSource::Live;
  using Acquiring = MediaSource::Acquiring;
  using Released = MediaSource::Released;
  using Unavailable = MediaSource::Unavailable;

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

  MediaSource& source(Medium medium);
  const MediaSource& source(Medium medium) const;
  // Asks for the devices that the sources of `media` are Acquiring.
  void request(Effects& effects, std::vector<Medium> media);
  // Asks for the next device that was not asked for in vain; false when there is none.
  bool acquire(Effects& effects, Medium medium, Acquiring how);
  // Exchanges the live device for another.
  void exchange(Effects& effects, Medium medium, Purpose purpose);
  void retry(Effects& effects, Medium medium);
  void arrived(Effects& effects, Medium medium, const std::optional<DeviceLabel>& device);
  void tell(Effects& effects, Medium medium, const Acquiring& how, const DeviceLabel& device);
  void missed(Effects& effects, Medium medium, MediaProblem problem);
  void settle(Effects& effects, Medium medium);
  void give_up(Effects& effects, Medium medium, const Acquiring& vain, MediaProblem problem);
  bool is_asked_for(Medium medium) const;
  Request take_request(ActionId action);

  MediaSource audio_;
  MediaSource camera_;
  MediaSource screen_;
  std::vector<Request> requests_;
};

}  // namespace parley
