// Everything a Call may ask of its host or tell it. Outputs are values, to be carried out in order;
// those with an `action` are asynchronous and must be answered by exactly one input with the same
// number (MediaAcquired/MediaFailed for media, ActionDone/ActionFailed for the rest).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/call/types.h"
#include "core/signaling/messages.h"

namespace parley::output {

// --- The WebSocket -----------------------------------------------------------------------------

// Open a WebSocket to the server's /ws; `room` goes along as ?room= so that the server can place
// the connection on the thread that owns the room. It is answered by SocketOpened or SocketClosed.
struct OpenSocket {
  static constexpr std::string_view type = "open-socket";
  SocketId socket;
  RoomId room;
  std::optional<Url> server;  // http or https; absent: the one that the page names
  static constexpr auto fields() {
    return std::tuple(field("socket", &OpenSocket::socket), field("room", &OpenSocket::room),
                      field("server", &OpenSocket::server));
  }
};

struct Send {
  static constexpr std::string_view type = "send";
  SocketId socket;
  std::string text;
  static constexpr auto fields() {
    return std::tuple(field("socket", &Send::socket), field("text", &Send::text));
  }
};

// Close the socket; none of its events is wanted any more.
struct CloseSocket {
  static constexpr std::string_view type = "close-socket";
  SocketId socket;
  static constexpr auto fields() { return std::tuple(field("socket", &CloseSocket::socket)); }
};

// --- Media -------------------------------------------------------------------------------------

// getUserMedia for what is wanted, in one request. On success the tracks are attached to every
// link, present and future. A track of the same medium that is there is stopped first: phones open
// only one camera at a time. Without a device, or where its name is not known, the browser's
// default is meant.
struct AcquireMedia {
  static constexpr std::string_view type = "acquire-media";
  ActionId action;
  bool audio = false;
  bool camera = false;
  std::optional<DeviceLabel> audio_device;
  std::optional<DeviceLabel> camera_device;
  static constexpr auto fields() {
    return std::tuple(field("action", &AcquireMedia::action), field("audio", &AcquireMedia::audio),
                      field("camera", &AcquireMedia::camera),
                      field("audioDevice", &AcquireMedia::audio_device),
                      field("cameraDevice", &AcquireMedia::camera_device));
  }
};

// getDisplayMedia.
struct AcquireScreen {
  static constexpr std::string_view type = "acquire-screen";
  ActionId action;
  static constexpr auto fields() { return std::tuple(field("action", &AcquireScreen::action)); }
};

// Let the medium's track flow or send silence; the device stays open, so that it is back at once.
struct EnableTrack {
  static constexpr std::string_view type = "enable-track";
  Medium medium = Medium::Audio;
  bool enabled = false;
  static constexpr auto fields() {
    return std::tuple(field("medium", &EnableTrack::medium),
                      field("enabled", &EnableTrack::enabled));
  }
};

// Stop the medium's track, detach it from every link and give the device back.
struct ReleaseMedia {
  static constexpr std::string_view type = "release-media";
  Medium medium = Medium::Audio;
  static constexpr auto fields() { return std::tuple(field("medium", &ReleaseMedia::medium)); }
};

// --- Peer connections --------------------------------------------------------------------------

// Make a peer connection. Sections of the description are always, in this order: audio, camera,
// screen, data; both directions of each are negotiated once, so that switching one on later is
// replaceTrack. The data channels are negotiated by number: 0 reliable and ordered, 1 neither.
struct CreateLink {
  static constexpr std::string_view type = "create-link";
  LinkId link;
  LinkRole role = LinkRole::Offering;
  IceServers ice_servers;
  static constexpr auto fields() {
    return std::tuple(field("link", &CreateLink::link), field("role", &CreateLink::role),
                      field("iceServers", &CreateLink::ice_servers));
  }
};

// setConfiguration: servers and transport count from the next ICE generation on.
struct SetIceServers {
  static constexpr std::string_view type = "set-ice-servers";
  LinkId link;
  IceServers ice_servers;
  Transport transport = Transport::All;
  static constexpr auto fields() {
    return std::tuple(field("link", &SetIceServers::link),
                      field("iceServers", &SetIceServers::ice_servers),
                      field("transport", &SetIceServers::transport));
  }
};

// Tell by LinkSilent when packets of sound or picture stop coming over the link for so long, and by
// LinkHeard when they come again, and by LinkRerouted when they leave by another way; until the
// link is closed.
struct WatchLink {
  static constexpr std::string_view type = "watch-link";
  LinkId link;
  std::uint32_t silent_after_milliseconds = 0;
  static constexpr auto fields() {
    return std::tuple(field("link", &WatchLink::link),
                      field("silentAfterMilliseconds", &WatchLink::silent_after_milliseconds));
  }
};

// Tell by LinkPictured once the link has brought a picture of each of these media, if that is
// within the time that is said.
struct AwaitPictures {
  static constexpr std::string_view type = "await-pictures";
  LinkId link;
  std::vector<Medium> media;
  std::uint32_t within_milliseconds = 0;
  static constexpr auto fields() {
    return std::tuple(field("link", &AwaitPictures::link), field("media", &AwaitPictures::media),
                      field("withinMilliseconds", &AwaitPictures::within_milliseconds));
  }
};

// setLocalDescription without a text: the browser makes the offer or answer itself.
struct SetLocal {
  static constexpr std::string_view type = "set-local";
  ActionId action;
  LinkId link;
  DescriptionKind kind = DescriptionKind::Offer;
  static constexpr auto fields() {
    return std::tuple(field("action", &SetLocal::action), field("link", &SetLocal::link),
                      field("kind", &SetLocal::kind));
  }
};

struct SetRemote {
  static constexpr std::string_view type = "set-remote";
  ActionId action;
  LinkId link;
  DescriptionKind kind = DescriptionKind::Offer;
  Sdp sdp;
  static constexpr auto fields() {
    return std::tuple(field("action", &SetRemote::action), field("link", &SetRemote::link),
                      field("kind", &SetRemote::kind), field("sdp", &SetRemote::sdp));
  }
};

// addIceCandidate; an empty candidate text says that there are no more of its generation.
struct AddCandidate {
  static constexpr std::string_view type = "add-candidate";
  ActionId action;
  LinkId link;
  Candidate candidate;
  static constexpr auto fields() {
    return std::tuple(field("action", &AddCandidate::action), field("link", &AddCandidate::link),
                      field("candidate", &AddCandidate::candidate));
  }
};

// restartIce: the next offer begins a new ICE generation.
struct RestartIce {
  static constexpr std::string_view type = "restart-ice";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &RestartIce::link)); }
};

// The next picture of each kind that is sent over the link is a whole one (a key frame). Those that
// were lost are what all later ones build on, and the other side asks for a whole one only after
// seconds of pictures that it cannot decode.
struct RefreshPictures {
  static constexpr std::string_view type = "refresh-pictures";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &RefreshPictures::link)); }
};

// The camera is sent with its width and height divided by this, over every link, present and
// future. 1 until something else is said.
struct ScaleCamera {
  static constexpr std::string_view type = "scale-camera";
  std::uint32_t divisor = 1;
  static constexpr auto fields() { return std::tuple(field("divisor", &ScaleCamera::divisor)); }
};

struct CloseLink {
  static constexpr std::string_view type = "close-link";
  LinkId link;
  static constexpr auto fields() { return std::tuple(field("link", &CloseLink::link)); }
};

// --- What to show ------------------------------------------------------------------------------

// A host wanted this; until the person switches it on again.
struct MutedBy {
  Medium medium = Medium::Audio;
  ParticipantId by;
  static constexpr auto fields() {
    return std::tuple(field("medium", &MutedBy::medium), field("by", &MutedBy::by));
  }
  bool operator==(const MutedBy&) const = default;
};

// Joining takes until a host has decided.
struct AdmissionView {
  std::uint32_t place = 0;  // in the queue, from 1
  static constexpr auto fields() { return std::tuple(field("place", &AdmissionView::place)); }
  bool operator==(const AdmissionView&) const = default;
};

struct SelfView {
  std::optional<ParticipantId> id;  // once joined
  Name name;
  Media media;
  std::vector<Medium> interrupted;  // by the system, although they are wanted
  std::vector<MutedBy> muted_by = {};
  std::optional<Role> role = std::nullopt;  // absent: guest
  static constexpr auto fields() {
    return std::tuple(field("id", &SelfView::id), field("name", &SelfView::name),
                      field("media", &SelfView::media),
                      field("interrupted", &SelfView::interrupted),
                      field("mutedBy", &SelfView::muted_by), field("role", &SelfView::role));
  }
  bool operator==(const SelfView&) const = default;
};

struct PeerView {
  ParticipantId id;
  Name name;
  Media media;
  Presence presence = Presence::Here;
  PeerState state = PeerState::Connecting;
  std::optional<Interruption> interruption;  // why it is being mended
  std::optional<LinkId> link;                // over which media come
  std::optional<LinkId> successor;           // takes its place once it is connected
  // Whose pictures are to be seen as long as `link` has brought none; absent: those of `link`.
  std::optional<LinkId> pictures = std::nullopt;
  std::optional<Role> role = std::nullopt;  // absent: guest
  static constexpr auto fields() {
    return std::tuple(field("id", &PeerView::id), field("name", &PeerView::name),
                      field("media", &PeerView::media), field("presence", &PeerView::presence),
                      field("state", &PeerView::state),
                      field("interruption", &PeerView::interruption),
                      field("link", &PeerView::link), field("successor", &PeerView::successor),
                      field("pictures", &PeerView::pictures), field("role", &PeerView::role));
  }
  bool operator==(const PeerView&) const = default;
};

// The call as a person sees it; given whenever something of it changes.
struct View {
  static constexpr std::string_view type = "view";
  CallState state = CallState::Idle;
  std::optional<Problem> problem;  // why it failed, or what is being mended
  std::optional<RoomId> room;
  SelfView self;
  std::vector<PeerView> participants;
  std::optional<ResumeTicket> resume;  // for the page to keep over a reload
  std::optional<AdmissionView> admission;
  std::optional<RoomSettings> settings;  // once joined
  Visitors queue;                        // who waits, for hosts
  static constexpr auto fields() {
    return std::tuple(field("state", &View::state), field("problem", &View::problem),
                      field("room", &View::room), field("self", &View::self),
                      field("participants", &View::participants), field("resume", &View::resume),
                      field("admission", &View::admission), field("settings", &View::settings),
                      field("queue", &View::queue));
  }
  bool operator==(const View&) const = default;
};

// Something went wrong that a person should hear of, now.
struct Report {
  static constexpr std::string_view type = "report";
  Problem problem = Problem::ServerUnreachable;
  std::optional<Medium> medium;
  std::optional<ParticipantId> participant;
  std::string sentence;  // in English; the widget has it in the person's language
  static constexpr auto fields() {
    return std::tuple(field("problem", &Report::problem), field("medium", &Report::medium),
                      field("participant", &Report::participant),
                      field("sentence", &Report::sentence));
  }
};

// Another microphone or camera is in use than a moment ago, and the person did not ask for that.
struct DeviceNotice {
  static constexpr std::string_view type = "device-notice";
  Medium medium = Medium::Audio;
  DeviceLabel device;               // in use now
  std::optional<DeviceLabel> lost;  // which cannot be had any more; absent: `device` is back
  static constexpr auto fields() {
    return std::tuple(field("medium", &DeviceNotice::medium),
                      field("device", &DeviceNotice::device), field("lost", &DeviceNotice::lost));
  }
};

// Whoever runs the server has something to say to everybody in the room.
struct Notice {
  static constexpr std::string_view type = "notice";
  NoticeText text;
  static constexpr auto fields() { return std::tuple(field("text", &Notice::text)); }
};

// An input made no sense in the present state and changed nothing.
struct Ignored {
  static constexpr std::string_view type = "ignored";
  std::string input;
  std::string reason;
  static constexpr auto fields() {
    return std::tuple(field("input", &Ignored::input), field("reason", &Ignored::reason));
  }
};

}  // namespace parley::output

namespace parley {

using Output =
    std::variant<output::OpenSocket, output::Send, output::CloseSocket, output::AcquireMedia,
                 output::AcquireScreen, output::EnableTrack, output::ReleaseMedia,
                 output::CreateLink, output::SetIceServers, output::WatchLink,
                 output::AwaitPictures, output::SetLocal, output::SetRemote, output::AddCandidate,
                 output::RestartIce, output::RefreshPictures, output::ScaleCamera,
                 output::CloseLink, output::View, output::Report, output::DeviceNotice,
                 output::Notice, output::Ignored>;

}  // namespace parley
