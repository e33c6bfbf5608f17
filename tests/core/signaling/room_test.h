// A Room and those who talk to it, for the tests of its parts.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/signaling/room.h"
#include "tests/core/signaling/times.h"

namespace parley {

class RoomTest : public ::testing::Test {
 protected:
  // Everything the room asked for since the last call, in words: "1<joined", "2!4006", "3?", and
  // "4+ana" where new ICE servers are due.
  std::vector<std::string> happened() {
    std::vector<std::string> all;
    while (const auto output = room_.poll()) {
      if (const auto* deliver = std::get_if<room_output::Deliver>(&*output)) {
        for (const auto connection : deliver->connections) {
          all.push_back(std::to_string(connection) + "<" +
                        std::visit([](const auto& each) { return std::string(each.type); },
                                   deliver->message));
          heard_[connection].push_back(deliver->message);
        }
      } else if (const auto* answer = std::get_if<room_output::Answer>(&*output)) {
        all.push_back(std::to_string(answer->connection) + "<joined");
        heard_[answer->connection].push_back(answer->joined);
      } else if (const auto* ticket = std::get_if<room_output::RenewTicket>(&*output)) {
        all.push_back(std::to_string(ticket->connection) + "#" +
                      std::string(name_of(ticket->standing)));
      } else if (const auto* dismiss = std::get_if<room_output::Dismiss>(&*output)) {
        all.push_back(std::to_string(dismiss->connection) + "!" +
                      (dismiss->close ? name_of(*dismiss->close).data() : "left"));
      } else if (const auto* renew = std::get_if<room_output::RenewIceServers>(&*output)) {
        all.push_back(std::to_string(renew->connection) + "+" + renew->id.value());
      } else if (const auto* event = std::get_if<room_output::Happened>(&*output)) {
        events_.push_back(std::visit([](const auto& each) { return words(each); }, event->event));
      } else {
        all.push_back(std::to_string(std::get<room_output::Refused>(*output).connection) + "?");
      }
    }
    return all;
  }

  Joined join(ConnectionId connection, const std::string& id,
              std::optional<Resume> resume = std::nullopt,
              std::optional<Offer> offer = std::nullopt) {
    Join message;
    message.room = RoomId("demo");
    message.name = Name(id);
    message.resume = std::move(resume);
    message.offer = std::move(offer);
    room_.handle(room_input::Enter{connection, message, ParticipantId(id)}, at(0));
    log_ = happened();
    return log_.empty() || log_.back().find("<joined") == std::string::npos
               ? Joined{}
               : last<Joined>(connection);
  }

  // Enters with what it brings along, at `now`.
  void enter(room_input::Enter input, Timestamp now = at(0)) {
    room_.handle(input, now);
    log_ = happened();
  }

  void receive(ConnectionId connection, const ClientMessage& message, Timestamp now = at(1)) {
    room_.handle(room_input::Received{connection, message}, now);
    log_ = happened();
  }

  void act(ConnectionId connection, HostAction action, Timestamp now = at(1)) {
    receive(connection, Moderate{std::move(action)}, now);
  }

  void tick(Timestamp now) {
    room_.handle(room_input::Tick{}, now);
    log_ = happened();
  }

  void end(Timestamp now) {
    room_.handle(room_input::End{}, now);
    log_ = happened();
  }

  void disconnect(ConnectionId connection, Timestamp now) {
    room_.handle(room_input::Disconnected{connection}, now);
    log_ = happened();
  }

  // The error that `connection` was told of last.
  ErrorCode error_of(ConnectionId connection) { return last<ErrorMessage>(connection).code; }

  // The last message of this type that was sent to `connection`.
  template <class Message>
  Message last(ConnectionId connection) {
    const auto& heard = heard_[connection];
    const auto found = std::find_if(heard.rbegin(), heard.rend(), [](const auto& each) {
      return std::holds_alternative<Message>(each);
    });
    EXPECT_NE(found, heard.rend()) << Message::type << " was not sent to " << connection;
    return found == heard.rend() ? Message{} : std::get<Message>(*found);
  }

  static std::string words(const room_event::Started&) { return "started"; }
  static std::string words(const room_event::CameIn& event) {
    return "+" + event.participant.id.value();
  }
  static std::string words(const room_event::WentOut& event) {
    return "-" + event.participant.id.value() + " " + std::string(name_of(event.why));
  }
  static std::string words(const room_event::Over&) { return "over"; }

  static RoomOptions options_for(std::uint32_t participants) {
    RoomOptions options;
    options.limits.participants = participants;
    return options;
  }

  using Log = std::vector<std::string>;
  Room room_{RoomId("demo"), options_for(3)};
  std::map<ConnectionId, std::vector<ServerMessage>> heard_;
  Log log_;
  Log events_;  // since the beginning, in words: "+ana", "-ana left"
};

}  // namespace parley
