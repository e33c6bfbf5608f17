// The nouns of the signaling protocol: what a room, a participant, a description and a candidate
// are. PROTOCOL.md is the specification.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/fields.h"
#include "core/base/json_codec.h"
#include "core/base/strong.h"
#include "core/signaling/limits.h"

namespace parley {

struct RoomIdTag {
  static bool allows(std::string_view text);
};
struct ParticipantIdTag {
  static bool allows(std::string_view text);
};
struct NameTag {
  static bool allows(std::string_view text);
};
struct NoticeTag {
  static bool allows(std::string_view text);
};

using RoomId = Text<RoomIdTag, limits::room_bytes>;
using ParticipantId = Text<ParticipantIdTag, limits::id_bytes>;
using Name = Text<NameTag, limits::name_bytes>;  // may be empty: the person gave none
using Password = Text<struct PasswordTag, limits::password_bytes>;  // empty: none
using Token = Text<struct TokenTag, limits::token_bytes>;
using Identity = Text<struct IdentityTag, limits::identity_bytes>;  // of whom a token was made for
using NoticeText = Text<NoticeTag, limits::notice_bytes>;  // not empty; may have several lines
using Secret = Text<struct SecretTag, limits::secret_bytes>;
using Sdp = Text<struct SdpTag, limits::sdp_bytes>;
using CandidateText = Text<struct CandidateTextTag, limits::candidate_bytes>;
using Fragment = Text<struct FragmentTag, limits::fragment_bytes>;
using Url = Text<struct UrlTag, limits::url_bytes>;
using Credential = Text<struct CredentialTag, limits::credential_bytes>;
using ClientName = Text<struct ClientNameTag, limits::client_bytes>;

// Counts the arrivals in a room, from 1: each page load of a participant is one. It settles two
// things. In each pair the later arrival makes the first offer, and wins when both offer at once.
// And a participant that comes back as a new page has a new number: what was negotiated with the
// page before is void.
using Arrival = Number<struct ArrivalTag>;

// Counts the RTCPeerConnections of one page. Both sides of a pair name theirs, so that a new one is
// told from a change to the old one.
using LinkId = Number<struct LinkIdTag>;

// Counts the offers of one side of one pair. An answer names the offer it answers.
using OfferId = Number<struct OfferIdTag>;

enum class Medium : std::uint8_t { Audio, Camera, Screen };
constexpr auto names_of(Medium) {
  return std::array<std::string_view, 3>{"audio", "camera", "screen"};
}

// What a participant sends of one medium.
enum class Sending : std::uint8_t {
  None,  // there is nothing to send: no device, no permission, not shared
  Off,   // there is, and the person switched it off (muted)
  On,
};
constexpr auto names_of(Sending) { return std::array<std::string_view, 3>{"none", "off", "on"}; }

struct Media {
  Sending audio = Sending::None;
  Sending camera = Sending::None;
  Sending screen = Sending::None;

  bool operator==(const Media&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("audio", &Media::audio), field("camera", &Media::camera),
                      field("screen", &Media::screen));
  }
};

enum class Presence : std::uint8_t {
  Here,
  Away,  // the connection broke; peer-to-peer media may still flow
};
constexpr auto names_of(Presence) { return std::array<std::string_view, 2>{"here", "away"}; }

// What a participant may do: a host decides who comes in and what the others do; see
// host_action.h.
enum class Role : std::uint8_t { Guest, Host };
constexpr auto names_of(Role) { return std::array<std::string_view, 2>{"guest", "host"}; }

// What becomes of those who come without a ticket.
enum class Door : std::uint8_t {
  Open,         // they come in
  WaitingRoom,  // they wait until a host admits them
  Locked,       // they are refused
};
constexpr auto names_of(Door) {
  return std::array<std::string_view, 3>{"open", "waiting-room", "locked"};
}

struct RoomSettings {
  Door door = Door::Open;
  bool has_password = false;

  bool operator==(const RoomSettings&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("door", &RoomSettings::door),
                      field("hasPassword", &RoomSettings::has_password));
  }
};

struct Participant {
  ParticipantId id;
  Arrival arrival;
  Name name;
  Media media;
  Presence presence = Presence::Here;
  std::optional<Role> role = std::nullopt;  // absent: guest

  bool operator==(const Participant&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Participant::id), field("arrival", &Participant::arrival),
                      field("name", &Participant::name), field("media", &Participant::media),
                      field("presence", &Participant::presence), field("role", &Participant::role));
  }
};

// One entry of RTCConfiguration.ice_servers (W3C WebRTC section 4.2.4).
struct IceServer {
  Sequence<Url, limits::ice_server_urls> urls;
  std::optional<Credential> username;
  std::optional<Credential> credential;

  bool operator==(const IceServer&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("urls", &IceServer::urls), field("username", &IceServer::username),
                      field("credential", &IceServer::credential));
  }
};
using IceServers = Sequence<IceServer, limits::ice_servers>;

// RTCIceCandidateInit (W3C WebRTC section 4.8.1.1).
struct Candidate {
  static constexpr std::string_view type = "candidate";
  CandidateText candidate;
  std::optional<Fragment> sdp_mid;
  std::optional<std::uint16_t> sdp_m_line_index;
  std::optional<Fragment> username_fragment;  // the ICE generation it belongs to

  bool operator==(const Candidate&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("candidate", &Candidate::candidate),
                      field("sdpMid", &Candidate::sdp_mid),
                      field("sdpMLineIndex", &Candidate::sdp_m_line_index),
                      field("usernameFragment", &Candidate::username_fragment));
  }
};

// What one participant tells another to set up their peer connection.
struct Offer {
  static constexpr std::string_view type = "offer";
  OfferId id;
  LinkId link;  // the sender's peer connection; another number than before means a new one
  Sdp sdp;
  Sequence<Candidate, limits::candidates_with_offer> candidates;  // gathered before it was sent

  bool operator==(const Offer&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Offer::id), field("link", &Offer::link),
                      field("sdp", &Offer::sdp), field("candidates", &Offer::candidates));
  }
};

struct Answer {
  static constexpr std::string_view type = "answer";
  OfferId id;  // of the offer that is answered
  LinkId link;
  Sdp sdp;

  bool operator==(const Answer&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Answer::id), field("link", &Answer::link),
                      field("sdp", &Answer::sdp));
  }
};

// RFC 8840 section 8.2: the sender has no more candidates in this ICE generation.
struct EndOfCandidates {
  static constexpr std::string_view type = "end-of-candidates";
  std::optional<Fragment> username_fragment;

  bool operator==(const EndOfCandidates&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("usernameFragment", &EndOfCandidates::username_fragment));
  }
};

using SignalPayload = std::variant<Offer, Answer, Candidate, EndOfCandidates>;

}  // namespace parley
