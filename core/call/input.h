// Everything a host may tell a Call. Inputs are values; their JSON form (json_codec.h) is what the
// browser passes in and what the journal keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "core/call/types.h"
#include "core/signaling/messages.h"

namespace parley::input {

// --- The person --------------------------------------------------------------------------------

// The page shows the room: connect, take camera and microphone, have an offer ready. Nobody in the
// room sees anything of it.
struct Open {
  static constexpr std::string_view type = "open";
  RoomId room;
  bool audio = true;  // wanted; off means no microphone is asked for
  bool camera = true;
  std::optional<Resume> resume;             // kept by the page over a reload
  std::optional<DeviceLabel> audio_device;  // the person's choice; without it the browser's
  std::optional<DeviceLabel> camera_device;

  static constexpr auto fields() {
    return std::tuple(field("room", &Open::room), field("audio", &Open::audio),
                      field("camera", &Open::camera), field("resume", &Open::resume),
                      field("audioDevice", &Open::audio_device),
                      field("cameraDevice", &Open::camera_device));
  }
};

struct JoinRoom {
  static constexpr std::string_view type = "join";
  Name name;
  std::optional<Password> password = std::nullopt;  // of the room
  std::optional<Token> token = std::nullopt;
  static constexpr auto fields() {
    return std::tuple(field("name", &JoinRoom::name), field("password", &JoinRoom::password),
                      field("token", &JoinRoom::token));
  }
};

struct LeaveRoom {
  static constexpr std::string_view type = "leave";
  static constexpr auto fields() { return std::tuple(); }
};

// Mute and unmute, camera on and off, screen shared or not.
struct SetSending {
  static constexpr std::string_view type = "set-sending";
  Medium medium = Medium::Audio;
  bool on = false;
  static constexpr auto fields() {
    return std::tuple(field("medium", &SetSending::medium), field("on", &SetSending::on));
  }
};

// The microphone or camera that the person wants from now on; without one the browser's default.
struct ChooseDevice {
  static constexpr std::string_view type = "choose-device";
  Medium medium = Medium::Audio;
  std::optional<DeviceLabel> device;
  static constexpr auto fields() {
    return std::tuple(field("medium", &ChooseDevice::medium),
                      field("device", &ChooseDevice::device));
  }
};

struct SetName {
  static constexpr std::string_view type = "set-name";
  Name name;
  static constexpr auto fields() { return std::tuple(field("name", &SetName::name)); }
};

// Something that only a host may do.
struct Moderate {
  static constexpr std::string_view type = "moderate";
  HostAction action;
  static constexpr auto fields() { return std::tuple(field("action", &Moderate::action)); }
};

// --- Outcomes of actions -----------------------------------------------------------------------

struct MediaAcquired {
  static constexpr std::string_view type = "media-acquired";
  ActionId action;
  std::optional<DeviceLabel> audio_device;  // what came of it
  std::optional<DeviceLabel> camera_device;
  static constexpr auto fields() {
    return std::tuple(field("action", &MediaAcquired::action),
                      field("audioDevice", &MediaAcquired::audio_device),
                      field("cameraDevice", &MediaAcquired::camera_device));
  }
};

struct MediaFailed {
  static constexpr std::string_view type = "media-failed";
  ActionId action;
  MediaProblem problem = MediaProblem::Other;
  static constexpr auto fields() {
    return std::tuple(field("action", &MediaFailed::action),
                      field("problem", &MediaFailed::problem));
  }
};

struct ActionDone {
  static constexpr std::string_view type = "action-done";
  ActionId action;
  std::optional<Sdp> sdp;  // after SetLocal: the whole local description as it stands now
  static constexpr auto fields() {
    return std::tuple(field("action", &ActionDone::action), field("sdp", &ActionDone::sdp));
  }
};

struct ActionFailed {
  static constexpr std::string_view type = "action-failed";
  ActionId action;
  Remark error;  // name and message of the DOMException
  static constexpr auto fields() {
    return std::tuple(field("action", &ActionFailed::action), field("error", &ActionFailed::error));
  }
};

// --- The WebSocket -----------------------------------------------------------------------------

struct SocketOpened {
  static constexpr std::string_view type = "socket-opened";
  SocketId socket;
  static constexpr auto fields() { return std::tuple(field("socket", &SocketOpened::socket)); }
};

struct SocketMessage {
  static constexpr std::string_view type = "socket-message";
  SocketId socket;
  std::string text;
  static constexpr auto fields() {
    return std::tuple(field("socket", &SocketMessage::socket), field("text", &SocketMessage::text));
  }
};

// Closed by the other side or by the network, or it never opened.
struct SocketClosed {
  static constexpr std::string_view type = "socket-closed";
  SocketId socket;
  std::uint16_t code = 0;  // RFC 6455 section 7.4; 1006 when no close frame came
  static constexpr auto fields() {
    return std::tuple(field("socket", &SocketClosed::socket), field("code", &SocketClosed::code));
  }
};

// --- The peer connections ----------------------------------------------------------------------

struct LinkCandidate {
  static constexpr std::string_view type = "link-candidate";
  LinkId link;
  Candidate candidate;
  static constexpr auto fields() {
    return std::tuple(field("link", &LinkCandidate::link),
                      field("candidate", &LinkCandidate::candidate));
  }
};

struct LinkCandidatesEnd {
  static constexpr std::string_view type = "link-candidates-end";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &LinkCandidatesEnd::link)); }
};

struct LinkPath {
  static constexpr std::string_view type = "link-path";
  LinkId link;
  PathState state = PathState::New;
  static constexpr auto fields() {
    return std::tuple(field("link", &LinkPath::link), field("state", &LinkPath::state));
  }
};

// A watched link (WatchLink): packets came, and then none for the time that was said. Told once.
struct LinkSilent {
  static constexpr std::string_view type = "link-silent";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &LinkSilent::link)); }
};

// The first packet after that.
struct LinkHeard {
  static constexpr std::string_view type = "link-heard";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &LinkHeard::link)); }
};

// Every picture that was waited for (AwaitPictures) has come over the link and was decoded.
struct LinkPictured {
  static constexpr std::string_view type = "link-pictured";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &LinkPictured::link)); }
};

// What is sent over a watched link leaves by another way than before: the browser moved it to
// another pair of addresses by itself. Only some browsers tell.
struct LinkRerouted {
  static constexpr std::string_view type = "link-rerouted";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &LinkRerouted::link)); }
};

// --- Devices, network and time -----------------------------------------------------------------

// A track ended by itself: the device was unplugged or taken by another program, or the browser's
// "stop sharing" was pressed.
struct MediaEnded {
  static constexpr std::string_view type = "media-ended";
  Medium medium = Medium::Audio;
  static constexpr auto fields() { return std::tuple(field("medium", &MediaEnded::medium)); }
};

// The system holds a track still, or lets it go on (the events mute and unmute of Media Capture
// section 4.3.1): a telephone call, the lid's camera switch, another program that was preferred.
struct MediaInterrupted {
  static constexpr std::string_view type = "media-interrupted";
  Medium medium = Medium::Audio;
  bool interrupted = false;
  static constexpr auto fields() {
    return std::tuple(field("medium", &MediaInterrupted::medium),
                      field("interrupted", &MediaInterrupted::interrupted));
  }
};

// What is there now, after something was plugged in or out, or names became known.
struct Devices {
  static constexpr std::string_view type = "devices";
  DeviceLabels audio;
  DeviceLabels camera;
  static constexpr auto fields() {
    return std::tuple(field("audio", &Devices::audio), field("camera", &Devices::camera));
  }
};

// What waits for its next attempt tries now, and what seems to work is checked.
struct Hint {
  static constexpr std::string_view type = "hint";
  HintCause cause = HintCause::Online;
  static constexpr auto fields() { return std::tuple(field("cause", &Hint::cause)); }
};

// Time has passed; due at the latest at Call::next_timeout().
struct Tick {
  static constexpr std::string_view type = "tick";
  static constexpr auto fields() { return std::tuple(); }
};

}  // namespace parley::input

namespace parley {

using Input =
    std::variant<input::Open, input::JoinRoom, input::LeaveRoom, input::SetSending,
                 input::ChooseDevice, input::SetName, input::Moderate, input::MediaAcquired,
                 input::MediaFailed, input::ActionDone, input::ActionFailed, input::SocketOpened,
                 input::SocketMessage, input::SocketClosed, input::LinkCandidate,
                 input::LinkCandidatesEnd, input::LinkPath, input::LinkSilent, input::LinkHeard,
                 input::LinkPictured, input::LinkRerouted, input::MediaEnded,
                 input::MediaInterrupted, input::Devices, input::Hint, input::Tick>;

}  // namespace parley
