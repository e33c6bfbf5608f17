#include "server/runtime/shard.h"

#include <boost/asio/post.hpp>
#include <chrono>

#include "server/runtime/steady_time.h"
#include "server/signaling/return_plan.h"
#include "server/webhooks/webhook_courier.h"

namespace parley {
namespace {

// The number of a connection tells its shard, so that any shard can address it without asking.
constexpr unsigned shard_shift = 48;

std::size_t shard_of(ConnectionId id) { return static_cast<std::size_t>(id >> shard_shift); }

using Clock = std::chrono::steady_clock;

// How often the delay of the event loop is sampled: an idle server is to sleep.
constexpr auto delay_sample_each = std::chrono::milliseconds(250);

// The heartbeats of all connections come in so many turns: 10,000 pings at once would keep
// everybody else waiting for 50 ms, and take memory for as many operations.
constexpr unsigned heartbeat_turns = 16;

// Rooms count arrivals from the second they are made in: people arrive more slowly than one a
// second for as long as a room is there, so that no later life of it meets a number again. (Where
// they do not, somebody's peer connections are made anew after a restart.) Good until 2106.
Arrival seconds_since_1970() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Arrival(static_cast<Arrival::Representation>(
      std::chrono::duration_cast<std::chrono::seconds>(now).count()));
}

}  // namespace

Shard::Shard(Service& service, std::size_t index)
    : service_(service),
      index_(index),
      policy_(std::make_shared<const Policy>(service.options.policy)),
      // Every room has somebody in it or somebody who was just cut off: there is no honest use for
      // more rooms than connections.
      rooms_(*this, service.room_options, service.options.max_connections, seconds_since_1970,
             [&service](const RoomId& room, const ParticipantId& id, Standing standing) {
               return service.tickets.issue(room, id, standing, ResumeTickets::Clock::now());
             }),
      context_(1),  // the number of threads that will run it
      work_(asio::make_work_guard(context_)),
      hello_deadlines_(context_, service.options.timeouts.hello,
                       [this](ConnectionId id) {
                         if (Connection* connection = find(id)) connection->on_hello_deadline();
                       }),
      closing_deadlines_(context_, service.options.timeouts.closing,
                         [this](ConnectionId id) {
                           if (Connection* connection = find(id)) connection->abort();
                         }),
      room_timer_(context_),
      heartbeat_timer_(context_),
      delay_timer_(context_) {}

Shard::~Shard() = default;

void Shard::host_turn(TurnHost::Setup setup) { turn_.emplace(context_, std::move(setup)); }

void Shard::to_relay(Handover handover) {
  asio::post(context_, [this, handover = std::move(handover)]() mutable {
    turn_->on_handover(std::move(handover));
  });
}

void Shard::start() {
  if (turn_) turn_->start();
  schedule_heartbeat();
  sample_delay();
  thread_ = std::thread([this] { context_.run(); });
}

void Shard::join() {
  asio::post(context_, [this] {
    if (turn_) turn_->stop();
    // Timers wait as long as there is a server, and one that has just expired cannot be cancelled
    // any more: it would start anew, and the loop would never run out of work by itself.
    context_.stop();
  });
  thread_.join();
}

// --- Connections -------------------------------------------------------------------------------

ConnectionId Shard::fresh_id() {
  return (static_cast<ConnectionId>(index_) << shard_shift) | ++last_connection_;
}

Connection* Shard::find(ConnectionId id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

ConnectionId Shard::add(Connection& connection) {
  const ConnectionId id = fresh_id();
  connections_.emplace(id, &connection);
  hello_deadlines_.add(id);
  ++metrics_.connections_opened;
  return id;
}

void Shard::remove(ConnectionId id) {
  connections_.erase(id);
  ++metrics_.connections_closed;
  check_quiet();
}

void Shard::remove(StreamPeer& peer) {
  stream_peers_.erase(&peer);
  check_quiet();
}

void Shard::response_ends() {
  --responses_in_flight_;
  check_quiet();
}

ConnectionId Shard::renumber(ConnectionId old) {
  auto entry = connections_.extract(old);
  entry.key() = fresh_id();
  return connections_.insert(std::move(entry)).position->first;
}

void Shard::change(std::shared_ptr<const Policy> policy) {
  asio::post(context_,
             [this, policy = std::move(policy)]() mutable { policy_ = std::move(policy); });
}

void Shard::schedule_heartbeat() {
  heartbeat_timer_.expires_after(service_.options.timeouts.idle / 4 / heartbeat_turns);
  heartbeat_timer_.async_wait([this](error_code error) {
    if (error) return;
    heartbeat_turn_ = (heartbeat_turn_ + 1) % heartbeat_turns;
    for (const auto& [id, connection] : connections_) {
      if (id % heartbeat_turns == heartbeat_turn_) connection->on_heartbeat();
    }
    schedule_heartbeat();
  });
}

void Shard::sample_delay() {
  delay_timer_.expires_after(delay_sample_each);
  delay_timer_.async_wait([this](error_code error) {
    if (error) return;
    const auto late = Clock::now() - delay_timer_.expiry();
    metrics_.loop_delays.add(Duration::microseconds(
        std::chrono::duration_cast<std::chrono::microseconds>(late).count()));
    sample_delay();
  });
}

void Shard::count_refusal(LimitReason reason, std::optional<IpAddress> address) {
  ++metrics_.limit_refusals[static_cast<std::size_t>(reason)];
  refusal_log_.refused(reason, address, steady_now());
}

void Shard::count_error(ErrorCode code) { ++metrics_.errors[static_cast<std::size_t>(code)]; }

// --- Between rooms and connections -------------------------------------------------------------

void Shard::to_room(const RoomId& room, RoomInput input) {
  Shard& home = *service_.shards[service_.home_of(room.value())];
  if (auto* const enter = std::get_if<room_input::Enter>(&input)) {
    Connection* const connection = find(enter->connection);
    if (connection == nullptr) return;
    if (const auto denial = connection->take_join()) {
      connection->put_off(*denial);
      return;
    }
    const auto from = connection->limited_address();
    if (&home == this) {
      enter_room(room, std::move(*enter), from);
    } else {
      asio::post(home.context_, [&home, room, enter = std::move(*enter), from]() mutable {
        home.enter_room(room, std::move(enter), from);
      });
    }
    return;
  }
  if (&home == this) {
    feed_room(room, std::move(input));
  } else {
    asio::post(home.context_, [&home, room, input = std::move(input)]() mutable {
      home.feed_room(room, std::move(input));
    });
  }
}

void Shard::enter_room(const RoomId& room, room_input::Enter input, std::optional<IpAddress> from) {
  if (from && !rooms_.has(room)) {
    const auto denial =
        service_.addresses.take(*from, Flow::Rooms, 1, policy().address, steady_now());
    if (denial) {
      put_off(input.connection, *denial);
      return;
    }
  }
  feed_room(room, std::move(input));
}

void Shard::put_off(ConnectionId id, const Denial& denial) {
  Shard& home = *service_.shards[shard_of(id)];
  // Posted also within a shard: the connection is still handling its message.
  asio::post(home.context_, [&home, id, denial] {
    if (Connection* connection = home.find(id)) connection->put_off(denial);
  });
}

void Shard::feed_room(const RoomId& room, RoomInput input) {
  rooms_.handle(room, std::move(input), steady_now());
  schedule_rooms();
}

void Shard::to_connection(ConnectionId id, const ConnectionEvent& event) {
  Shard& home = *service_.shards[shard_of(id)];
  if (&home == this) {
    if (Connection* connection = find(id)) connection->on_event(event);
  } else {
    asio::post(home.context_, [&home, id, event] {
      if (Connection* connection = home.find(id)) connection->on_event(event);
    });
  }
}

void Shard::happened(const RoomId& room, const RoomEvent& event) {
  service_.webhooks->tell(room, event);
}

void Shard::schedule_rooms() {
  const auto wakeup = rooms_.next_timeout();
  if (wakeup == room_wakeup_) return;
  room_wakeup_ = wakeup;
  if (!wakeup) {
    room_timer_.cancel();
    return;
  }
  room_timer_.expires_at(
      Clock::time_point(std::chrono::microseconds(wakeup->count_microseconds())));
  room_timer_.async_wait([this](error_code error) {
    if (error) return;
    room_wakeup_.reset();
    rooms_.tick(steady_now());
    schedule_rooms();
  });
}

// --- Ending ------------------------------------------------------------------------------------

std::future<void> Shard::drain() {
  std::promise<void> promise;
  auto ready = promise.get_future();
  asio::post(context_, [this, promise = std::move(promise)]() mutable {
    drained_ = std::move(promise);
    ReturnPlan plan(index_, service_.shards.size(), service_.drain_to);
    for (const auto& [id, connection] : connections_) connection->send_away(plan.next());
    check_quiet();
  });
  return ready;
}

std::future<void> Shard::drop_connections() {
  std::promise<void> promise;
  auto ready = promise.get_future();
  asio::post(context_, [this, promise = std::move(promise)]() mutable {
    emptied_ = std::move(promise);
    for (const auto& [id, connection] : connections_) connection->abort();
    for (StreamPeer* peer : stream_peers_) peer->abort();
    check_quiet();
  });
  return ready;
}

void Shard::check_quiet() {
  if (!connections_.empty()) return;
  if (drained_ && responses_in_flight_ == 0) {
    drained_->set_value();
    drained_.reset();
  }
  if (emptied_ && stream_peers_.empty()) {
    emptied_->set_value();
    emptied_.reset();
  }
}

// --- Figures -----------------------------------------------------------------------------------

ShardMetrics Shard::metrics_now() const {
  ShardMetrics copy = metrics_;
  copy.rooms = rooms_.room_count();
  copy.participants = rooms_.participant_count();
  if (turn_) {
    copy.turn = turn_->machine().counters();
    copy.turn_streams = turn_->stream_counters();
    copy.turn_allocations = turn_->machine().allocation_count();
  }
  return copy;
}

}  // namespace parley
