// The messages of the protocol parley.v1; PROTOCOL.md says who may send which one when.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/signaling/admission_messages.h"
#include "core/signaling/errors.h"
#include "core/signaling/host_action.h"
#include "core/signaling/types.h"

namespace parley {

inline constexpr std::uint32_t protocol_version = 1;
inline constexpr std::string_view subprotocol = "parley.v1";

// --- From a client -----------------------------------------------------------------------------

struct Hello {
  static constexpr std::string_view type = "hello";
  Sequence<std::uint32_t, limits::versions> versions;
  std::optional<ClientName> client;

  bool operator==(const Hello&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("versions", &Hello::versions), field("client", &Hello::client));
  }
};

// Which connection of which page a Join comes over. A page that gave a connection up joins over a
// later one; what it had sent over the first may wait in the network and arrive after that.
struct Attempt {
  std::uint32_t page = 0;    // drawn by the page
  std::uint32_t number = 0;  // counts its connections

  bool operator==(const Attempt&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("page", &Attempt::page), field("number", &Attempt::number));
  }
};

// Comes back as a participant that lost its connection, or takes over from another connection.
struct Resume {
  ParticipantId id;
  Secret secret;
  // The arrival whose peer connections are still there; nothing for a new page, which has none.
  std::optional<Arrival> arrival;
  std::optional<Attempt> attempt = std::nullopt;

  bool operator==(const Resume&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Resume::id), field("secret", &Resume::secret),
                      field("arrival", &Resume::arrival), field("attempt", &Resume::attempt));
  }
};

struct Join {
  static constexpr std::string_view type = "join";
  RoomId room;
  Name name;
  Media media;
  std::optional<Resume> resume;
  std::optional<Offer> offer;  // for whoever has been in the room longest
  std::optional<Password> password = std::nullopt;
  std::optional<Token> token = std::nullopt;

  bool operator==(const Join&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("room", &Join::room), field("name", &Join::name),
                      field("media", &Join::media), field("resume", &Join::resume),
                      field("offer", &Join::offer), field("password", &Join::password),
                      field("token", &Join::token));
  }
};

struct Leave {
  static constexpr std::string_view type = "leave";
  bool operator==(const Leave&) const = default;
  static constexpr auto fields() { return std::tuple(); }
};

// A change of the sender's own name or media.
struct Update {
  static constexpr std::string_view type = "update";
  std::optional<Name> name;
  std::optional<Media> media;

  bool operator==(const Update&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("name", &Update::name), field("media", &Update::media));
  }
};

struct SignalTo {
  static constexpr std::string_view type = "signal";
  ParticipantId to;
  Arrival arrival;  // of the addressee as the sender knows it; an older one's is dropped
  SignalPayload payload;

  bool operator==(const SignalTo&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("to", &SignalTo::to), field("arrival", &SignalTo::arrival),
                      field("payload", &SignalTo::payload));
  }
};

struct Ping {
  static constexpr std::string_view type = "ping";
  bool operator==(const Ping&) const = default;
  static constexpr auto fields() { return std::tuple(); }
};

// A host decides something.
struct Moderate {
  static constexpr std::string_view type = "moderate";
  HostAction action;

  bool operator==(const Moderate&) const = default;
  static constexpr auto fields() { return std::tuple(field("action", &Moderate::action)); }
};

using ClientMessage = std::variant<Hello, Join, Leave, Update, SignalTo, Moderate, Ping>;

// --- From the server ---------------------------------------------------------------------------

struct Welcome {
  static constexpr std::string_view type = "welcome";
  std::uint32_t version = protocol_version;
  ClientName server;
  // For the offer that is made before joining; may be empty where the server gives relays to
  // participants only.
  IceServers ice_servers;

  bool operator==(const Welcome&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("version", &Welcome::version), field("server", &Welcome::server),
                      field("iceServers", &Welcome::ice_servers));
  }
};

struct RoomLimits {
  std::uint32_t participants = limits::default_participants;
  std::uint32_t frame_bytes = limits::frame_bytes;
  std::uint32_t name_bytes = limits::name_bytes;

  bool operator==(const RoomLimits&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("participants", &RoomLimits::participants),
                      field("frameBytes", &RoomLimits::frame_bytes),
                      field("nameBytes", &RoomLimits::name_bytes));
  }
};

// What a client keeps in order to come back as itself.
struct ResumeTicket {
  Secret secret;
  std::uint32_t within_seconds = 0;

  bool operator==(const ResumeTicket&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("secret", &ResumeTicket::secret),
                      field("withinSeconds", &ResumeTicket::within_seconds));
  }
};

// Whether the room has been there since before the participant's arrival, or is a later life of it:
// then the others of the life before may be missing because they are still on their way back.
enum class RoomAge : std::uint8_t { Continuous, Restored };
constexpr auto names_of(RoomAge) {
  return std::array<std::string_view, 2>{"continuous", "restored"};
}

// The whole answer to Join.
struct Joined {
  static constexpr std::string_view type = "joined";
  RoomId room;
  ParticipantId id;
  Arrival arrival;
  Sequence<Participant, limits::participants> participants;  // the others, longest there first
  std::optional<ParticipantId> offer_to;  // who was given the offer that came with Join
  IceServers ice_servers;
  std::optional<std::uint32_t> ice_servers_expire_in_seconds;  // absent: never
  RoomLimits limits;
  ResumeTicket resume;
  std::optional<RoomAge> room_is;        // absent: continuous
  std::optional<Role> role;              // one's own; absent: guest
  std::optional<RoomSettings> settings;  // absent: not known, because the room is being restored

  bool operator==(const Joined&) const = default;
  static constexpr auto fields() {
    return std::tuple(
        field("room", &Joined::room), field("id", &Joined::id), field("arrival", &Joined::arrival),
        field("participants", &Joined::participants), field("offerTo", &Joined::offer_to),
        field("iceServers", &Joined::ice_servers),
        field("iceServersExpireInSeconds", &Joined::ice_servers_expire_in_seconds),
        field("limits", &Joined::limits), field("resume", &Joined::resume),
        field("roomIs", &Joined::room_is), field("role", &Joined::role),
        field("settings", &Joined::settings));
  }
};

struct ParticipantJoined {
  static constexpr std::string_view type = "participant-joined";
  Participant participant;

  bool operator==(const ParticipantJoined&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("participant", &ParticipantJoined::participant));
  }
};

// New ICE servers for the one who is told, in place of those of Joined, while those still count.
struct IceServersRenewed {
  static constexpr std::string_view type = "ice-servers";
  IceServers ice_servers;
  std::optional<std::uint32_t> ice_servers_expire_in_seconds;  // absent: never

  bool operator==(const IceServersRenewed&) const = default;
  static constexpr auto fields() {
    return std::tuple(
        field("iceServers", &IceServersRenewed::ice_servers),
        field("iceServersExpireInSeconds", &IceServersRenewed::ice_servers_expire_in_seconds));
  }
};

// The participant's whole record again, with what has changed.
struct ParticipantChanged {
  static constexpr std::string_view type = "participant-changed";
  Participant participant;

  bool operator==(const ParticipantChanged&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("participant", &ParticipantChanged::participant));
  }
};

enum class LeaveReason : std::uint8_t {
  Left,  // said so
  Lost,  // was away for longer than it may
};
constexpr auto names_of(LeaveReason) { return std::array<std::string_view, 2>{"left", "lost"}; }

struct ParticipantLeft {
  static constexpr std::string_view type = "participant-left";
  ParticipantId id;
  LeaveReason reason = LeaveReason::Left;
  std::optional<ParticipantId> removed_by = std::nullopt;  // the host who did

  bool operator==(const ParticipantLeft&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &ParticipantLeft::id), field("reason", &ParticipantLeft::reason),
                      field("removedBy", &ParticipantLeft::removed_by));
  }
};

struct SignalFrom {
  static constexpr std::string_view type = "signal";
  ParticipantId from;  // stamped by the server
  Arrival arrival;     // of the sender, stamped by the server
  SignalPayload payload;

  bool operator==(const SignalFrom&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("from", &SignalFrom::from), field("arrival", &SignalFrom::arrival),
                      field("payload", &SignalFrom::payload));
  }
};

// Whoever runs the server tells everybody in the room something.
struct Notice {
  static constexpr std::string_view type = "notice";
  NoticeText text;

  bool operator==(const Notice&) const = default;
  static constexpr auto fields() { return std::tuple(field("text", &Notice::text)); }
};

// The server ends its service, and says when and where it will be found again.
struct ComeBack {
  static constexpr std::string_view type = "come-back";
  std::uint32_t after_milliseconds = 0;
  std::optional<Url> server;  // absent: at the same address

  bool operator==(const ComeBack&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("afterMilliseconds", &ComeBack::after_milliseconds),
                      field("server", &ComeBack::server));
  }
};

struct Pong {
  static constexpr std::string_view type = "pong";
  bool operator==(const Pong&) const = default;
  static constexpr auto fields() { return std::tuple(); }
};

struct ErrorMessage {
  static constexpr std::string_view type = "error";
  ErrorCode code = ErrorCode::BadMessage;
  std::string message;
  Blame blame = Blame::Client;
  std::optional<std::string> about;  // the field or type that was wrong

  bool operator==(const ErrorMessage&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("code", &ErrorMessage::code), field("message", &ErrorMessage::message),
                      field("blame", &ErrorMessage::blame), field("about", &ErrorMessage::about));
  }
};

using ServerMessage =
    std::variant<Welcome, Joined, IceServersRenewed, ParticipantJoined, ParticipantChanged,
                 ParticipantLeft, SignalFrom, Waiting, QueueChanged, RoomChanged, RoleChanged,
                 MuteRequested, Notice, ComeBack, Pong, ErrorMessage>;

// --- Codec -------------------------------------------------------------------------------------

// Neither throws; `text` may be anything. Frames longer than limits::frame_bytes are refused.
Result<ClientMessage, ErrorMessage> decode_client_message(std::string_view text);
Result<ServerMessage, ErrorMessage> decode_server_message(std::string_view text);

std::string encode(const ClientMessage& message);
std::string encode(const ServerMessage& message);

// The message that tells a client of `code`; `about` names what was wrong.
ErrorMessage make_error(ErrorCode code, std::optional<std::string> about = std::nullopt);

}  // namespace parley
