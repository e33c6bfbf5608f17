#include "server/webhooks/webhook_body.h"

#include <openssl/rand.h>

#include <array>
#include <optional>
#include <stdexcept>

#include "core/base/fields.h"
#include "core/base/hexadecimal.h"
#include "core/base/json_codec.h"
#include "server/api/utc.h"

namespace parley {
namespace {

enum class WebhookKind : std::uint8_t {
  RoomStarted,
  RoomEnded,
  ParticipantJoined,
  ParticipantLeft
};
constexpr auto names_of(WebhookKind) {
  return std::array<std::string_view, 4>{"room-started", "room-ended", "participant-joined",
                                         "participant-left"};
}

struct WebhookParticipant {
  ParticipantId id;
  Name name;
  std::optional<Identity> identity;  // of its token
  Role role = Role::Guest;

  static constexpr auto fields() {
    return std::tuple(
        field("id", &WebhookParticipant::id), field("name", &WebhookParticipant::name),
        field("identity", &WebhookParticipant::identity), field("role", &WebhookParticipant::role));
  }
};

struct WebhookBody {
  std::string id;
  WebhookKind kind = WebhookKind::RoomStarted;
  std::string time;
  RoomId room;
  std::optional<WebhookParticipant> participant = std::nullopt;
  std::optional<Departure> reason = std::nullopt;

  static constexpr auto fields() {
    return std::tuple(field("id", &WebhookBody::id), field("type", &WebhookBody::kind),
                      field("time", &WebhookBody::time), field("room", &WebhookBody::room),
                      field("participant", &WebhookBody::participant),
                      field("reason", &WebhookBody::reason));
  }
};

WebhookParticipant told(const Participant& participant, const std::optional<Identity>& identity) {
  return {participant.id, participant.name, identity, participant.role.value_or(Role::Guest)};
}

void fill(WebhookBody& body, const room_event::Started&) { body.kind = WebhookKind::RoomStarted; }

void fill(WebhookBody& body, const room_event::CameIn& event) {
  body.kind = WebhookKind::ParticipantJoined;
  body.participant = told(event.participant, event.identity);
}

void fill(WebhookBody& body, const room_event::WentOut& event) {
  body.kind = WebhookKind::ParticipantLeft;
  body.participant = told(event.participant, event.identity);
  body.reason = event.why;
}

void fill(WebhookBody& body, const room_event::Over&) { body.kind = WebhookKind::RoomEnded; }

}  // namespace

std::string draw_event_id() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the operating system yields no random bytes");
  }
  return hexadecimal(bytes);
}

std::string webhook_body(const std::string& id, std::chrono::sys_seconds time, const RoomId& room,
                         const RoomEvent& event) {
  WebhookBody body;
  body.id = id;
  body.time = utc_text(time);
  body.room = room;
  std::visit([&](const auto& each) { fill(body, each); }, event);
  return to_json(body);
}

}  // namespace parley
