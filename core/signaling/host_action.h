// What a host may do. Each is a plain value: the message that a client sends (Moderate), and what a
// page asks its call for.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/signaling/types.h"

namespace parley::host_action {

// Lets in who waits; without an id everybody who does, as far as there are places.
struct Admit {
  static constexpr std::string_view type = "admit";
  std::optional<ParticipantId> id;
  bool operator==(const Admit&) const = default;
  static constexpr auto fields() { return std::tuple(field("id", &Admit::id)); }
};

// Sends away who waits.
struct Refuse {
  static constexpr std::string_view type = "refuse";
  ParticipantId id;
  bool operator==(const Refuse&) const = default;
  static constexpr auto fields() { return std::tuple(field("id", &Refuse::id)); }
};

// Takes a participant out of the call and makes its ticket void. It may knock again.
struct Remove {
  static constexpr std::string_view type = "remove";
  ParticipantId id;
  bool operator==(const Remove&) const = default;
  static constexpr auto fields() { return std::tuple(field("id", &Remove::id)); }
};

// Removes, and lets nobody in again whose token has the same identity. Who came without a token
// has none: then the waiting room is put on.
struct Ban {
  static constexpr std::string_view type = "ban";
  ParticipantId id;
  bool operator==(const Ban&) const = default;
  static constexpr auto fields() { return std::tuple(field("id", &Ban::id)); }
};

// Asks a participant to stop sending; without an id everybody else. Nobody can be made to send.
struct Mute {
  static constexpr std::string_view type = "mute";
  std::optional<ParticipantId> id;
  Medium medium = Medium::Audio;
  bool operator==(const Mute&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("id", &Mute::id), field("medium", &Mute::medium));
  }
};

struct MakeHost {
  static constexpr std::string_view type = "make-host";
  ParticipantId id;
  bool operator==(const MakeHost&) const = default;
  static constexpr auto fields() { return std::tuple(field("id", &MakeHost::id)); }
};

// What is absent stays as it is; an empty text takes the password off.
struct Configure {
  static constexpr std::string_view type = "configure";
  std::optional<Door> door;
  std::optional<Password> password;
  bool operator==(const Configure&) const = default;
  static constexpr auto fields() {
    return std::tuple(field("door", &Configure::door), field("password", &Configure::password));
  }
};

// For everybody, also for those who wait.
struct EndCall {
  static constexpr std::string_view type = "end-call";
  bool operator==(const EndCall&) const = default;
  static constexpr auto fields() { return std::tuple(); }
};

}  // namespace parley::host_action

namespace parley {

using HostAction = std::variant<host_action::Admit, host_action::Refuse, host_action::Remove,
                                host_action::Ban, host_action::Mute, host_action::MakeHost,
                                host_action::Configure, host_action::EndCall>;

}  // namespace parley
