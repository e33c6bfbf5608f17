#include "server/webhooks/webhook_body.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

constexpr std::chrono::sys_seconds happened_at{std::chrono::seconds(1795000000)};

std::string body_of(const RoomEvent& event) {
  return webhook_body("e1", happened_at, RoomId("demo"), event);
}

Participant some_host() {
  Participant participant;
  participant.id = ParticipantId("kYt3bQ9xZa");
  participant.name = Name("Ana \"A\"");
  participant.role = Role::Host;
  return participant;
}

TEST(WebhookBody, SaysThatACallBeganOrIsOver) {
  EXPECT_EQ(body_of(room_event::Started{}),
            R"({"id":"e1","type":"room-started","time":"2026-11-18T11:06:40Z","room":"demo"})");
  EXPECT_EQ(body_of(room_event::Over{}),
            R"({"id":"e1","type":"room-ended","time":"2026-11-18T11:06:40Z","room":"demo"})");
}

TEST(WebhookBody, SaysWhoCameAndWhoTheTokenWasFor) {
  EXPECT_EQ(body_of(room_event::CameIn{some_host(), Identity("ana@example.org")}),
            R"({"id":"e1","type":"participant-joined","time":"2026-11-18T11:06:40Z",)"
            R"("room":"demo","participant":{"id":"kYt3bQ9xZa","name":"Ana \"A\"",)"
            R"("identity":"ana@example.org","role":"host"}})");
}

TEST(WebhookBody, SaysWhoWentAndWhy) {
  auto guest = some_host();
  guest.role.reset();
  EXPECT_EQ(body_of(room_event::WentOut{guest, std::nullopt, Departure::CallEnded}),
            R"({"id":"e1","type":"participant-left","time":"2026-11-18T11:06:40Z",)"
            R"("room":"demo","participant":{"id":"kYt3bQ9xZa","name":"Ana \"A\"",)"
            R"("role":"guest"},"reason":"call-ended"})");
}

TEST(WebhookBody, EveryEventHasAnIdOfItsOwn) {
  const auto one = draw_event_id();
  EXPECT_EQ(one.size(), 32u);
  EXPECT_EQ(one.find_first_not_of("0123456789abcdef"), std::string::npos) << one;
  EXPECT_NE(draw_event_id(), one);
}

}  // namespace
}  // namespace parley
