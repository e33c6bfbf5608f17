// One thread of the server with everything that lives on it: its event loop, its connections and
// its rooms. A room lives on the shard that its name's hash picks; a connection normally does too,
// because its request names the room. Within a shard nothing is locked. Between shards, values are
// posted: inputs to rooms, events to connections.
//
// Thread-safety: methods are for the shard's own thread, but for those that say otherwise.
#pragma once

#include <cstddef>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "server/logging/refusal_log.h"
#include "server/metrics/shard_metrics.h"
#include "server/net/turn_host.h"
#include "server/runtime/asio.h"
#include "server/runtime/deadline_queue.h"
#include "server/runtime/service.h"
#include "server/signaling/connection.h"
#include "server/signaling/room_host.h"
#include "server/signaling/session.h"

namespace parley {

// A TCP connection that is no WebSocket, or not yet.
class StreamPeer {
 public:
  virtual ~StreamPeer() = default;
  virtual void abort() = 0;
};

class Shard final : public Session::Host, private RoomHost::Outbox {
 public:
  Shard(Service& service, std::size_t index);
  ~Shard() override;

  // --- From any thread -------------------------------------------------------------------------

  // Before start().
  void host_turn(TurnHost::Setup setup);

  void start();
  Executor executor() { return context_.get_executor(); }

  // A payload from another shard's relay to one of this. Precondition: host_turn().
  void to_relay(Handover handover);

  // Tells every client when and where to come back, and closes it. Ready when no WebSocket is left
  // and no response is being sent.
  std::future<void> drain();

  // Drops all connections. Ready when none is left.
  std::future<void> drop_connections();

  // Lets clients do what `policy` says from now on.
  void change(std::shared_ptr<const Policy> policy);

  // Ends the thread. Precondition: drop_connections() of all shards is ready.
  void join();

  // --- From the shard's thread -----------------------------------------------------------------

  Service& service() { return service_; }
  const Policy& policy() const { return *policy_; }
  ShardMetrics& metrics() { return metrics_; }
  // `address`: whose limit it was, where it is known.
  void count_refusal(LimitReason reason, std::optional<IpAddress> address);
  ShardMetrics metrics_now() const;

  const RoomHost& rooms() const { return rooms_; }

  // For a room that lives here, if there is one.
  void end_room(const RoomId& room) { feed_room(room, room_input::End{}); }
  void tell_room(const RoomId& room, NoticeText text) {
    feed_room(room, room_input::Tell{std::move(text)});
  }

  // A stream that speaks STUN; see TurnHost::accept(). Precondition: host_turn().
  bool serve_turn(Stream stream, std::string_view read) {
    return turn_->accept(std::move(stream), read);
  }

  // From here on the connection has a number and is found by it; until remove().
  ConnectionId add(Connection& connection);
  void remove(ConnectionId id);

  // Aborts the connection `id` if it is still there when Timeouts::closing has passed.
  void limit_closing(ConnectionId id) { closing_deadlines_.add(id); }

  void add(StreamPeer& peer) { stream_peers_.insert(&peer); }
  void remove(StreamPeer& peer);
  void response_begins() { ++responses_in_flight_; }
  void response_ends();

  // Session::Host
  SharedText welcome() const override { return service_.welcome; }
  ConnectionId renumber(ConnectionId old) override;
  void to_room(const RoomId& room, RoomInput input) override;
  const ResumeTickets& tickets() const override { return service_.tickets; }
  const IceServerIssuer& ice_servers() const override { return service_.ice_servers; }
  const std::optional<TokenKey>& token_key() const override { return service_.options.token_key; }
  void count_error(ErrorCode code) override;

 private:
  void to_connection(ConnectionId id, const ConnectionEvent& event) override;
  void happened(const RoomId& room, const RoomEvent& event) override;

  Connection* find(ConnectionId id);
  ConnectionId fresh_id();
  void feed_room(const RoomId& room, RoomInput input);
  // Hands somebody to the room whose address is `from`; nothing: it has no limits.
  void enter_room(const RoomId& room, room_input::Enter input, std::optional<IpAddress> from);
  void put_off(ConnectionId id, const Denial& denial);
  void schedule_rooms();
  void schedule_heartbeat();
  void sample_delay();
  void check_quiet();

  Service& service_;
  const std::size_t index_;
  RefusalLog refusal_log_;
  std::shared_ptr<const Policy> policy_;
  ShardMetrics metrics_;
  std::uint64_t last_connection_ = 0;
  std::unordered_map<ConnectionId, Connection*> connections_;
  std::unordered_set<StreamPeer*> stream_peers_;
  std::size_t responses_in_flight_ = 0;
  std::optional<std::promise<void>> drained_;  // while somebody waits for it
  std::optional<std::promise<void>> emptied_;  // likewise
  RoomHost rooms_;

  asio::io_context context_;
  asio::executor_work_guard<Executor> work_;  // until join()
  DeadlineQueue hello_deadlines_;
  DeadlineQueue closing_deadlines_;
  Timer room_timer_;
  std::optional<Timestamp> room_wakeup_;  // what room_timer_ is set to
  Timer heartbeat_timer_;
  unsigned heartbeat_turn_ = 0;
  Timer delay_timer_;
  std::optional<TurnHost> turn_;
  std::thread thread_;
};

}  // namespace parley
