// One client's side of the conversation: handshake, joining and leaving, and what its messages lead
// to. Does no I/O: texts come in, and what is to be sent goes to the Wire.
//
//     AwaitingHello --hello--> Greeted --join--> Seated --leave, dismissed, refused--> Greeted
//     any --an error that closes, connection lost--> Ended
//
// Thread-safety: none; belongs to its connection's shard.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/signaling/messages.h"
#include "core/signaling/room.h"
#include "server/admission/access_token.h"
#include "server/signaling/connection.h"
#include "server/signaling/ice_server_issuer.h"
#include "server/signaling/resume_tickets.h"

namespace parley {

class Session {
 public:
  // The connection the session speaks on.
  class Wire {
   public:
    virtual ~Wire() = default;
    virtual void send(SharedText text) = 0;
    // Closes once everything that was sent before is written.
    virtual void close(ErrorCode reason) = 0;
  };

  // The shard the session lives on.
  class Host {
   public:
    virtual ~Host() = default;
    // The answer to hello; the same for everyone.
    virtual SharedText welcome() const = 0;
    // Gives the connection `old` a fresh number. Each join gets one, so that what an earlier room
    // still sends (it may live on another shard) finds nobody.
    virtual ConnectionId renumber(ConnectionId old) = 0;
    // Hands `input` to the room, wherever it is. Inputs of one shard arrive in order.
    virtual void to_room(const RoomId& room, RoomInput input) = 0;
    virtual const ResumeTickets& tickets() const = 0;
    virtual const IceServerIssuer& ice_servers() const = 0;
    // Of the tokens; none where everybody may come.
    virtual const std::optional<TokenKey>& token_key() const = 0;
    virtual void count_error(ErrorCode code) = 0;
  };

  // `host` and `wire` must outlive the session; `id` is the connection's first number.
  Session(Host& host, Wire& wire, ConnectionId id) : host_(host), wire_(wire), id_(id) {}

  // The HTTP Host by which the client reached the server; see IceServerIssuer.
  void reached_by(std::string host) { host_name_ = std::move(host); }

  void on_text(std::string_view text);
  void on_event(const ConnectionEvent& event);
  void on_hello_deadline();

  // The client is told of `code` and closed.
  void fail(ErrorCode code);

  // The client is told when and where to come back, and closed for `reason`: the server ends its
  // service, or a limit was reached.
  void send_away(const ComeBack& message, const ErrorMessage& reason);

  // The connection is gone; the participant may come back.
  void on_lost();

  // The client's page is gone: as good as Leave.
  void on_page_gone();

  ConnectionId id() const { return id_; }

 private:
  struct AwaitingHello {};
  struct Greeted {};
  struct Seated {
    RoomId room;
  };
  struct Ended {};
  using State = std::variant<AwaitingHello, Greeted, Seated, Ended>;

  void on(Hello message);
  void on(Join message);
  void on(Ping message);
  // Leave, Update, SignalTo and Moderate are the room's to judge.
  template <class RoomMessage>
  void on(RoomMessage message);

  void on(const connection_event::Delivery& event);
  void on(const connection_event::Answer& event);
  void on(const connection_event::Refusal& event);
  void on(const connection_event::Dismissal& event);
  void on(const connection_event::Renewal& event);

  void complain(const ErrorMessage& error);
  // An error was sent: closes if it is one of those that do, or one too many.
  void after_error(ErrorCode code);
  void leave_room();

  Host& host_;
  Wire& wire_;
  ConnectionId id_;
  State state_;
  std::string host_name_;
  int complaints_ = 0;
};

}  // namespace parley
