#include "server/signaling/websocket_connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <utility>

#include "core/limits/message_budget.h"
#include "server/net/frame_stream.h"
#include "server/runtime/steady_time.h"
#include "server/signaling/lazy_buffer.h"
#include "server/signaling/session.h"

namespace parley {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

// Without permessage-deflate: its state costs tens of KiB a connection, more than the whole rest.
using WebSocket = websocket::stream<FrameStream, false>;

// What the kernel may hold for a peer that does not read, besides SendQueue::max_bytes. Set,
// because left to itself it grows to megabytes.
constexpr int kernel_send_bytes = 64 * 1024;

// First piece of a message that is read: most messages in one go (a candidate is 0.3 KiB, a
// description up to 12 KiB), and little to hold for a peer that sends a header and then nothing.
constexpr std::size_t first_read_bytes = 4 * 1024;

// With four heartbeats in Timeouts::idle, a peer is pinged after a quarter to a half of it and
// given up before all of it has passed.
constexpr std::uint8_t heartbeats_to_ping = 2;
constexpr std::uint8_t heartbeats_to_death = 4;

// For how long a client that reached a limit is to stay away: until it may go on, and not so short
// that it only makes more work.
std::uint32_t wait_milliseconds(Duration until) {
  constexpr std::int64_t shortest = 1'000;
  return static_cast<std::uint32_t>(std::max(until.count_milliseconds() + 1, shortest));
}

// One WebSocket. Not a coroutine, as the rest of the server's I/O is: a suspended coroutine would
// cost each idle connection 1.3 KiB, a third of what it has.
class WebSocketConnection final : public Connection,
                                  private Session::Wire,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(Shard& shard, Stream stream, AddressLease lease);
  ~WebSocketConnection() override;

  void shake_hands(std::unique_ptr<UpgradeRequest> request);

  // Where the next bytes of the present message go; see LazyBuffer. Empty when the message is not
  // to be read on.
  asio::mutable_buffer memory();

  void on_event(const ConnectionEvent& event) override { session_.on_event(event); }
  void fail(ErrorCode code) override;
  void send_away(const ComeBack& message) override;
  std::optional<Denial> take_join() override;
  std::optional<IpAddress> limited_address() const override { return lease_.address(); }
  void put_off(const Denial& denial) override;
  void on_hello_deadline() override { session_.on_hello_deadline(); }
  void on_heartbeat() override;
  void abort() override;

 private:
  //     Handshaking --101 sent--> Open --close()--> Closing --close frame may go--> Closed
  //     Open --close frame came--> Left
  //     any --broken, abort()--> Dropped
  enum class Phase : std::uint8_t { Handshaking, Open, Closing, Closed, Left, Dropped };

  enum class Ping : std::uint8_t { None, Sending };

  // Blocked: waiting until the socket takes more; what is to be sent meanwhile is queued.
  enum class Outlet : std::uint8_t { Free, Blocked };

  // Session::Wire
  void send(SharedText text) override;
  void close(ErrorCode reason) override;

  void on_handshake(error_code error);
  void read_next();
  void on_read(error_code error, std::size_t bytes);
  void on_broken(error_code error);
  bool fits(std::size_t more) const { return more <= limits::frame_bytes - held_; }
  void on_control_frame(websocket::frame_type type);
  void deliver_message();
  void write(const std::string& text);
  void wait_to_send();
  void on_sendable(error_code error);
  void send_close_frame();
  void let_go();
  void count_ending(Ending ending);

  Shard& shard_;
  AddressLease lease_;
  MessageBudget budget_;
  WebSocket stream_;
  Session session_;
  SendQueue queue_;
  std::string message_;   // the present message; holds no memory between messages
  std::size_t held_ = 0;  // how much of it has come
  ErrorCode close_reason_ = ErrorCode::ShuttingDown;  // meaningful from Closing on
  Phase phase_ = Phase::Handshaking;
  Ping ping_ = Ping::None;
  Outlet outlet_ = Outlet::Free;
  std::uint8_t silent_heartbeats_ = 0;  // since the peer was last heard
  std::uint32_t control_frames_ = 0;    // since the last heartbeat
  const bool admitted_;                 // holds one of the service's places
};

WebSocketConnection::WebSocketConnection(Shard& shard, Stream stream, AddressLease lease)
    : shard_(shard),
      lease_(std::move(lease)),
      stream_(std::move(stream)),
      session_(shard, *this, shard.add(*this)),
      admitted_(shard.service().admit()) {
  error_code ignored;
  TcpSocket& socket = stream_.next_layer().next_layer().socket();
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::send_buffer_size(kernel_send_bytes), ignored);

  // Only the handshakes are timed by the stream: its idle timer would be set anew with every read,
  // which costs as much as relaying a message. on_heartbeat() does its work for all connections.
  websocket::stream_base::timeout timeouts{};
  timeouts.handshake_timeout = shard.service().options.timeouts.closing;
  timeouts.idle_timeout = websocket::stream_base::none();
  timeouts.keep_alive_pings = false;
  stream_.set_option(timeouts);
  stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(beast::http::field::sec_websocket_protocol,
                 beast::string_view(subprotocol.data(), subprotocol.size()));
  }));
  stream_.control_callback(
      [this](websocket::frame_type type, beast::string_view) { on_control_frame(type); });
  stream_.read_message_max(0);  // memory() keeps the limit, so that the client gets its error
  stream_.auto_fragment(false);
  stream_.text(true);
}

WebSocketConnection::~WebSocketConnection() {
  shard_.remove(session_.id());
  if (admitted_) shard_.service().release();
}

// --- Receiving ---------------------------------------------------------------------------------

void WebSocketConnection::shake_hands(std::unique_ptr<UpgradeRequest> request) {
  const UpgradeRequest& view = *request;
  const auto host = view[beast::http::field::host];
  session_.reached_by({host.data(), host.size()});
  stream_.async_accept(view, [self = shared_from_this(), request = std::move(request)](
                                 error_code error) { self->on_handshake(error); });
}

void WebSocketConnection::on_handshake(error_code error) {
  if (error) {
    on_broken(error);
    return;
  }
  if (phase_ != Phase::Handshaking) return;
  phase_ = Phase::Open;
  if (!admitted_) fail(ErrorCode::ServerFull);
  if (shard_.service().readiness != Readiness::Serving) fail(ErrorCode::ShuttingDown);
  if (phase_ == Phase::Open) read_next();
}

void WebSocketConnection::read_next() {
  stream_.async_read_some(LazyBuffer(*this),
                          [self = shared_from_this()](error_code error, std::size_t bytes) {
                            self->on_read(error, bytes);
                          });
}

asio::mutable_buffer WebSocketConnection::memory() {
  if (message_.size() == held_ && !stream_.got_binary()) {
    // What the frame still holds; its header has been read.
    const std::size_t left = stream_.read_size_hint(std::size_t{1});
    // Memory follows what has come, not what a header promises.
    if (fits(left)) message_.resize(held_ + std::min(left, held_ + first_read_bytes));
  }
  return {message_.data() + held_, message_.size() - held_};
}

void WebSocketConnection::on_read(error_code error, std::size_t bytes) {
  if (error) {
    on_broken(error);
    return;
  }
  silent_heartbeats_ = 0;
  held_ += bytes;
  message_.resize(held_);
  if (phase_ != Phase::Open) return;
  if (stream_.got_binary()) {
    fail(ErrorCode::NotText);
  } else if (stream_.is_message_done()) {
    deliver_message();
  } else if (!fits(stream_.read_size_hint(std::size_t{1}))) {
    fail(ErrorCode::TooLarge);
  }
  if (phase_ == Phase::Open) read_next();
}

void WebSocketConnection::on_broken(error_code error) {
  count_ending(error == websocket::error::closed                   ? Ending::ByClient
               : error == websocket::condition::protocol_violation ? Ending::Violation
                                                                   : Ending::Lost);
  abort();
  session_.on_lost();
}

void WebSocketConnection::on_control_frame(websocket::frame_type type) {
  silent_heartbeats_ = 0;
  ++control_frames_;
  if (type != websocket::frame_type::close) return;
  // The stream answers and waits for the peer to end; the others need not wait for that. After the
  // answer nothing more may be sent (RFC 6455 section 5.5.1).
  queue_.clear();
  if (phase_ == Phase::Open) {
    phase_ = Phase::Left;
    shard_.limit_closing(session_.id());
  }
  // RFC 6455 section 7.4.1: 1001 says that the page is gone. Only a browser itself can send it, and
  // Firefox lets a page that is closed say nothing else any more.
  if (stream_.reason().code == websocket::close_code::going_away) {
    session_.on_page_gone();
  } else {
    session_.on_lost();
  }
}

void WebSocketConnection::deliver_message() {
  const std::string message = std::exchange(message_, {});
  held_ = 0;
  ++shard_.metrics().messages_received;
  shard_.metrics().bytes_received += message.size();
  const Timestamp now = steady_now();
  const Policy& policy = shard_.policy();
  const auto denial = budget_.take_message(
      static_cast<std::uint32_t>(message.size()), policy.websocket, now,
      [&](Flow flow, std::uint32_t tokens) { return lease_.draw(flow, tokens, policy, now); });
  if (denial) {
    put_off(*denial);
  } else {
    session_.on_text(message);
  }
}

std::optional<Denial> WebSocketConnection::take_join() {
  const Timestamp now = steady_now();
  if (auto denial = budget_.take_join(shard_.policy().websocket, now)) return denial;
  return lease_.draw(Flow::Joins, 1, shard_.policy(), now);
}

void WebSocketConnection::put_off(const Denial& denial) {
  if (phase_ != Phase::Open) return;
  shard_.count_refusal(denial.reason, lease_.address());
  // A client that knows the message waits for so long, and comes back by itself.
  ComeBack message;
  message.after_milliseconds = wait_milliseconds(denial.retry_after);
  session_.send_away(message,
                     make_error(ErrorCode::RateLimited, std::string(name_of(denial.reason))));
}

// --- Sending -----------------------------------------------------------------------------------

void WebSocketConnection::send(SharedText text) {
  if (phase_ != Phase::Open) return;
  const std::size_t bytes = text->size();
  const std::size_t unsent = stream_.next_layer().unsent_bytes();
  if (outlet_ == Outlet::Free && unsent == 0) {
    write(*text);
  } else if (queue_.push(std::move(text), unsent)) {
    wait_to_send();
  } else {
    queue_.clear();
    fail(ErrorCode::TooSlow);
    return;
  }
  ++shard_.metrics().messages_sent;
  shard_.metrics().bytes_sent += bytes;
}

// Precondition: nothing is unsent.
void WebSocketConnection::write(const std::string& text) {
  error_code error;
  stream_.write(asio::buffer(text), error);
  if (error) {
    queue_.clear();
    // Not from within whatever wants to send.
    asio::post(shard_.executor(), [self = shared_from_this()] { self->abort(); });
  } else if (stream_.next_layer().unsent_bytes() > 0) {
    wait_to_send();
  }
}

void WebSocketConnection::wait_to_send() {
  if (std::exchange(outlet_, Outlet::Blocked) == Outlet::Blocked) return;
  stream_.next_layer().async_send_rest(
      [self = shared_from_this()](error_code error, std::size_t) { self->on_sendable(error); });
}

void WebSocketConnection::on_sendable(error_code error) {
  if (phase_ == Phase::Dropped) return;
  if (error) {
    abort();
    return;
  }
  outlet_ = Outlet::Free;
  while (!queue_.empty() && stream_.next_layer().unsent_bytes() == 0) write(*queue_.take());
  if (!queue_.empty()) {
    wait_to_send();
  } else if (phase_ == Phase::Closing) {
    send_close_frame();
  }
}

// --- Ending ------------------------------------------------------------------------------------

void WebSocketConnection::fail(ErrorCode code) {
  if (phase_ == Phase::Handshaking) {
    abort();
  } else {
    session_.fail(code);
  }
}

void WebSocketConnection::send_away(const ComeBack& message) {
  if (phase_ == Phase::Handshaking) {
    abort();
  } else {
    session_.send_away(message, make_error(ErrorCode::ShuttingDown));
  }
}

void WebSocketConnection::close(ErrorCode reason) {
  if (phase_ != Phase::Open) return;
  phase_ = Phase::Closing;
  close_reason_ = reason;
  ++shard_.metrics().closes[static_cast<std::size_t>(reason)];
  shard_.limit_closing(session_.id());
  if (queue_.empty()) send_close_frame();
}

void WebSocketConnection::send_close_frame() {
  phase_ = Phase::Closed;
  const ErrorFacts facts = facts_of(close_reason_);
  websocket::close_reason reason(beast::string_view(facts.sentence.data(), facts.sentence.size()));
  reason.code = facts.close_code;
  // Also reads on until the peer has answered.
  stream_.async_close(reason, [self = shared_from_this()](error_code) {});
}

void WebSocketConnection::abort() {
  if (phase_ == Phase::Dropped) return;
  phase_ = Phase::Dropped;
  stream_.next_layer().next_layer().close();
  // Not from within one of the stream's operations, and after those that have ended already.
  asio::post(shard_.executor(), [self = shared_from_this()] { self->let_go(); });
}

// Beast's operations can wait for each other for ever: when a message turns out not to be UTF-8
// while a close frame waits for its answer, the read waits to send and the close waits to read, and
// a closed socket wakes neither. What waits in the stream keeps this object, so that it ends with
// the stream.
void WebSocketConnection::let_go() { const WebSocket gone(std::move(stream_)); }

void WebSocketConnection::on_heartbeat() {
  // Pings are answered, which is work, and are no messages. Nobody sends as many of them in this
  // time as messages at once.
  const Rate messages = shard_.policy().websocket.messages;
  if (messages.is_capped() && std::exchange(control_frames_, 0) > messages.burst) {
    put_off({LimitReason::ConnectionMessages, Duration::seconds(1)});
    return;
  }
  ++silent_heartbeats_;
  if (silent_heartbeats_ >= heartbeats_to_death) {
    count_ending(Ending::Silent);
    abort();
  } else if (silent_heartbeats_ == heartbeats_to_ping && phase_ == Phase::Open &&
             ping_ == Ping::None) {
    ping_ = Ping::Sending;
    stream_.async_ping({}, [self = shared_from_this()](error_code) { self->ping_ = Ping::None; });
  }
}

// An ending that the server has not begun itself.
void WebSocketConnection::count_ending(Ending ending) {
  if (phase_ != Phase::Open && phase_ != Phase::Left) return;
  ++shard_.metrics().endings_by[static_cast<std::size_t>(ending)];
}

}  // namespace

void serve_websocket(Shard& shard, Stream stream, std::unique_ptr<UpgradeRequest> request,
                     AddressLease lease) {
  asio::post(shard.executor(), [&shard, stream = std::move(stream), request = std::move(request),
                                lease = std::move(lease)]() mutable {
    if (shard.service().readiness == Readiness::Stopping) return;
    std::make_shared<WebSocketConnection>(shard, std::move(stream), std::move(lease))
        ->shake_hands(std::move(request));
  });
}

}  // namespace parley
