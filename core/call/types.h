// The nouns shared by a call's inputs and outputs.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/fields.h"
#include "core/base/json_codec.h"
#include "core/signaling/types.h"

namespace parley {

// One attempt at a WebSocket; a later attempt has a higher number, so that events of a socket that
// was given up are told apart.
using SocketId = Number<struct SocketIdTag>;

// One asynchronous action that the host was asked for; its outcome comes back with this number.
using ActionId = Number<struct ActionIdTag>;

// The name of a camera or microphone as the browser gives it. A person's choice is kept by name:
// browsers give devices new ids in every session, private window and after permissions were reset.
using DeviceLabel = Text<struct DeviceLabelTag, 256>;

// The devices of one kind that are there; an empty name where the browser keeps it to itself. More
// than anybody has plugged in.
using DeviceLabels = Sequence<DeviceLabel, 16>;

// RTCPeerConnectionState (W3C WebRTC section 4.3.3).
enum class PathState : std::uint8_t { New, Connecting, Connected, Disconnected, Failed, Closed };
constexpr auto names_of(PathState) {
  return std::array<std::string_view, 6>{"new",          "connecting", "connected",
                                         "disconnected", "failed",     "closed"};
}

// How the peer connection comes to its transceivers. An offering one makes them before its offer;
// an answering one takes those of the remote offer, because JSEP (RFC 8829 section 5.10) never
// matches transceivers made by addTransceiver with a remote description.
enum class LinkRole : std::uint8_t { Offering, Answering };
constexpr auto names_of(LinkRole) {
  return std::array<std::string_view, 2>{"offering", "answering"};
}

// RTCIceTransportPolicy (W3C WebRTC section 4.2.5): whether only paths over a relay are tried.
enum class Transport : std::uint8_t { All, Relay };
constexpr auto names_of(Transport) { return std::array<std::string_view, 2>{"all", "relay"}; }

// RTCSdpType (W3C WebRTC section 4.6.1) without "pranswer".
enum class DescriptionKind : std::uint8_t { Offer, Answer, Rollback };
constexpr auto names_of(DescriptionKind) {
  return std::array<std::string_view, 3>{"offer", "answer", "rollback"};
}

// What the page noticed around it that makes another attempt worth while now.
enum class HintCause : std::uint8_t {
  Online,          // there is a network again
  NetworkChanged,  // there is another one: paths over the one before are dead or dying
  PageVisible,     // the page was in the background or asleep, where timers stand still
};
constexpr auto names_of(HintCause) {
  return std::array<std::string_view, 3>{"online", "network-changed", "page-visible"};
}

// Why a camera, microphone or screen could not be had.
enum class MediaProblem : std::uint8_t {
  DeniedByUser,
  DeniedBySystem,
  DeniedByPolicy,  // the page or the frame around it forbids it (Permissions-Policy)
  InUse,
  NotFound,
  InsecurePage,  // neither HTTPS nor localhost: browsers hide the devices
  Cancelled,     // the person closed the picker
  Other,
};
constexpr auto names_of(MediaProblem) {
  return std::array<std::string_view, 8>{
      "denied-by-user", "denied-by-system", "denied-by-policy", "in-use",
      "not-found",      "insecure-page",    "cancelled",        "other"};
}

enum class CallState : std::uint8_t {
  Idle,
  Joining,
  Waiting,       // joined and alone
  Connecting,    // somebody is there whom media has not reached yet
  Connected,     // media flows with everyone who is there
  Reconnecting,  // something that worked is broken and being mended
  Failed,
  Ended,
};
constexpr auto names_of(CallState) {
  return std::array<std::string_view, 8>{"idle",      "joining",      "waiting", "connecting",
                                         "connected", "reconnecting", "failed",  "ended"};
}

// What the person is told went wrong; each has one sentence in every language of the widget.
enum class Problem : std::uint8_t {
  MediaDeniedByUser,
  MediaDeniedBySystem,
  MediaDeniedByPolicy,
  MediaInUse,
  MediaNotFound,
  MediaInsecurePage,
  MediaFailed,
  MediaLost,          // the device in use is gone and there is no other
  DeviceUnavailable,  // the one that the person chose could not be started
  ServerUnreachable,
  ServerRefused,
  RoomFull,
  Replaced,    // the call was continued in another window
  PathFailed,  // no way to one participant
  RoomLocked,
  PasswordRequired,
  WrongPassword,
  TooManyPasswords,
  NotAdmitted,  // a host refused
  Removed,      // by a host
  Banned,
  CallEnded,  // by a host, for everybody
  TokenRequired,
  TokenInvalid,
  TokenExpired,
};
constexpr auto names_of(Problem) {
  return std::array<std::string_view, 25>{"media-denied-by-user",
                                          "media-denied-by-system",
                                          "media-denied-by-policy",
                                          "media-in-use",
                                          "media-not-found",
                                          "media-insecure-page",
                                          "media-failed",
                                          "media-lost",
                                          "device-unavailable",
                                          "server-unreachable",
                                          "server-refused",
                                          "room-full",
                                          "replaced",
                                          "path-failed",
                                          "room-locked",
                                          "password-required",
                                          "wrong-password",
                                          "too-many-passwords",
                                          "not-admitted",
                                          "removed",
                                          "banned",
                                          "call-ended",
                                          "token-required",
                                          "token-invalid",
                                          "token-expired"};
}

// How far media with one participant has come.
enum class PeerState : std::uint8_t { Connecting, Connected, Reconnecting, Failed };
constexpr auto names_of(PeerState) {
  return std::array<std::string_view, 4>{"connecting", "connected", "reconnecting", "failed"};
}

// Why media with one participant stopped.
enum class Interruption : std::uint8_t {
  Silent,            // nothing arrives, though the browser still believes in the path
  PathLost,          // connectivity checks go unanswered
  PathFailed,        // the browser has given the path up
  ConnectionBroken,  // the browser could not go on with the peer connection
};
constexpr auto names_of(Interruption) {
  return std::array<std::string_view, 4>{"silent", "path-lost", "path-failed", "connection-broken"};
}

// Free text from the browser, kept for reports; never interpreted.
using Remark = Text<struct RemarkTag, 512>;

}  // namespace parley
