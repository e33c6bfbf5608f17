// A client's WebSocket as the rest of the server sees it.
#pragma once

#include <optional>
#include <variant>

#include "core/limits/limits.h"
#include "core/net/address.h"
#include "core/signaling/errors.h"
#include "core/signaling/messages.h"
#include "core/signaling/room.h"
#include "server/signaling/send_queue.h"

namespace parley {

// What a room tells a connection that is (or was) in it.
namespace connection_event {

// `text` is to be sent; it is an error message with code `error`, if there is one.
struct Delivery {
  SharedText text;
  std::optional<ErrorCode> error;
};

// The join is refused (the error is delivered next).
struct Refusal {};

// The connection is no longer in the room; with a code, close it for that reason.
struct Dismissal {
  std::optional<ErrorCode> close;
};

// The client is in the room: `joined` is to be sent, with ICE servers made for it now.
struct Answer {
  Joined joined;
};

// The ICE servers of the participant `id`, which the connection speaks for, are to be renewed.
struct Renewal {
  ParticipantId id;
};

}  // namespace connection_event

using ConnectionEvent =
    std::variant<connection_event::Delivery, connection_event::Answer, connection_event::Refusal,
                 connection_event::Dismissal, connection_event::Renewal>;

// Thread-safety: none; every call is made on the connection's own shard.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual void on_event(const ConnectionEvent& event) = 0;

  // Tells the client of `code` and closes.
  virtual void fail(ErrorCode code) = 0;

  // Tells the client when and where it finds service again, and closes.
  virtual void send_away(const ComeBack& message) = 0;

  // Counts a join; what stands against it, if anything.
  virtual std::optional<Denial> take_join() = 0;

  // Whose limits count for the client; nothing: nobody's.
  virtual std::optional<IpAddress> limited_address() const = 0;

  // A limit was reached: the client is told when to come back, and closed.
  virtual void put_off(const Denial& denial) = 0;

  // The time for hello is over; closes unless it came.
  virtual void on_hello_deadline() = 0;

  // Called at even intervals, four in Timeouts::idle: looks whether the peer still lives.
  virtual void on_heartbeat() = 0;

  // Drops the connection without another word.
  virtual void abort() = 0;
};

}  // namespace parley
