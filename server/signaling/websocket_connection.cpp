#include "server/signaling/websocket_connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <exception>
#include <utility>

#include "server/signaling/session.h"

namespace parley {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

// Without permessage-deflate: its state costs tens of KiB a connection, more than the whole rest.
using WebSocket = websocket::stream<TcpSocket, false>;

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

class WebSocketConnection final : public Connection,
                                  private Session::Wire,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(Shard& shard, TcpSocket socket);
  ~WebSocketConnection() override;

  // The connection's life: keeps it (and whatever reads or writes it) alive.
  Task<> run(std::shared_ptr<WebSocketConnection> self, std::unique_ptr<UpgradeRequest> request);

  void on_event(const ConnectionEvent& event) override { session_.on_event(event); }
  void fail(ErrorCode code) override;
  void on_hello_deadline() override { session_.on_hello_deadline(); }
  void on_heartbeat() override;
  void abort() override;

 private:
  //     Handshaking --101 sent--> Open --close()--> Closing --close frame may go--> Closed
  //     any --broken--> Closed
  enum class Phase : std::uint8_t { Handshaking, Open, Closing, Closed };

  enum class Ping : std::uint8_t { None, Sending };

  // Session::Wire
  void send(SharedText text) override;
  void close(ErrorCode reason) override;

  void on_handshake(error_code error);
  std::size_t on_frame(error_code error);
  void on_read(error_code error);
  void on_control_frame(websocket::frame_type type);
  void deliver_message();
  void write_next();
  void on_written(error_code error);
  void send_close_frame();
  void count_ending(Ending ending);

  Shard& shard_;
  WebSocket stream_;
  Session session_;
  SendQueue queue_;
  std::string message_;  // what has come of the present message; holds no memory between messages
  ErrorCode close_reason_ = ErrorCode::ShuttingDown;  // meaningful from Closing on
  Phase phase_ = Phase::Handshaking;
  Ping ping_ = Ping::None;
  std::uint8_t silent_heartbeats_ = 0;  // since the peer was last heard
  const bool admitted_;                 // holds one of the service's places
};

WebSocketConnection::WebSocketConnection(Shard& shard, TcpSocket socket)
    : shard_(shard),
      stream_(std::move(socket)),
      session_(shard, *this, shard.add(*this)),
      admitted_(shard.service().admit()) {
  error_code ignored;
  stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
  stream_.next_layer().set_option(asio::socket_base::send_buffer_size(kernel_send_bytes), ignored);

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
  stream_.read_message_max(0);  // on_frame() keeps the limit, so that the client gets its error
  stream_.auto_fragment(false);
  stream_.text(true);
}

WebSocketConnection::~WebSocketConnection() {
  shard_.remove(session_.id());
  if (admitted_) shard_.service().release();
}

Task<> WebSocketConnection::run(std::shared_ptr<WebSocketConnection>,
                                std::unique_ptr<UpgradeRequest> request) {
  const auto [refused] = co_await stream_.async_accept(*request, as_result);
  request.reset();
  on_handshake(refused);

  while (phase_ == Phase::Open) {
    // Reading nothing waits for the header of a frame with something in it, so that an idle
    // connection holds no buffer.
    const auto [broken, none] = co_await stream_.async_read_some(asio::mutable_buffer(), as_result);
    std::size_t left = on_frame(broken);
    while (left > 0 && phase_ == Phase::Open) {
      // Memory follows what has come, not what a header promises.
      const std::size_t held = message_.size();
      const std::size_t step = std::min(left, held + first_read_bytes);
      message_.resize(held + step);
      const auto [error, bytes] =
          co_await stream_.async_read_some(asio::buffer(message_.data() + held, step), as_result);
      message_.resize(held + bytes);
      left -= bytes;
      on_read(error);
    }
    if (phase_ == Phase::Open && stream_.is_message_done()) deliver_message();
  }
}

void WebSocketConnection::on_handshake(error_code error) {
  if (error) {
    on_read(error);
    return;
  }
  if (phase_ != Phase::Handshaking) return;
  phase_ = Phase::Open;
  if (!admitted_) fail(ErrorCode::ServerFull);
  if (shard_.service().readiness != Readiness::Serving) fail(ErrorCode::ShuttingDown);
}

// Returns how much payload of the frame is still to be read.
std::size_t WebSocketConnection::on_frame(error_code error) {
  on_read(error);
  if (phase_ != Phase::Open || stream_.is_message_done()) return 0;
  // What a frame still holds once its header has been read.
  const std::size_t left = stream_.read_size_hint(std::size_t{1});
  if (stream_.got_binary()) {
    fail(ErrorCode::NotText);
    return 0;
  }
  if (left > limits::frame_bytes - message_.size()) {
    fail(ErrorCode::TooLarge);
    return 0;
  }
  return left;
}

void WebSocketConnection::on_read(error_code error) {
  silent_heartbeats_ = 0;
  if (!error) return;
  if (phase_ == Phase::Open) {
    count_ending(error == websocket::error::closed                   ? Ending::ByClient
                 : error == websocket::condition::protocol_violation ? Ending::Violation
                                                                     : Ending::Lost);
  }
  abort();
  session_.on_lost();
}

void WebSocketConnection::on_control_frame(websocket::frame_type type) {
  silent_heartbeats_ = 0;
  if (type != websocket::frame_type::close) return;
  // The stream answers and waits for the peer to end; the others need not wait for that.
  queue_.drop_waiting();
  session_.on_lost();
}

void WebSocketConnection::deliver_message() {
  const std::string message = std::exchange(message_, {});
  ++shard_.metrics().messages_received;
  shard_.metrics().bytes_received += message.size();
  session_.on_text(message);
}

// --- Sending
// --------------------------------------------------------------------------------------

void WebSocketConnection::send(SharedText text) {
  if (phase_ != Phase::Open) return;
  const bool is_idle = queue_.empty();
  const std::size_t bytes = text->size();
  if (!queue_.push(std::move(text))) {
    queue_.drop_waiting();
    fail(ErrorCode::TooSlow);
    return;
  }
  ++shard_.metrics().messages_sent;
  shard_.metrics().bytes_sent += bytes;
  if (is_idle) write_next();
}

void WebSocketConnection::write_next() {
  stream_.async_write(
      asio::buffer(queue_.front()),
      [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void WebSocketConnection::on_written(error_code error) {
  queue_.pop();
  if (error) {
    abort();
  } else if (!queue_.empty()) {
    write_next();
  } else if (phase_ == Phase::Closing) {
    send_close_frame();
  }
}

// --- Ending
// ---------------------------------------------------------------------------------------

void WebSocketConnection::fail(ErrorCode code) {
  if (phase_ == Phase::Handshaking) {
    abort();
  } else {
    session_.fail(code);
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
  phase_ = Phase::Closed;
  error_code ignored;
  stream_.next_layer().close(ignored);
}

void WebSocketConnection::on_heartbeat() {
  ++silent_heartbeats_;
  if (silent_heartbeats_ >= heartbeats_to_death) {
    if (phase_ == Phase::Open) count_ending(Ending::Silent);
    abort();
  } else if (silent_heartbeats_ == heartbeats_to_ping && phase_ == Phase::Open &&
             ping_ == Ping::None) {
    ping_ = Ping::Sending;
    stream_.async_ping({}, [self = shared_from_this()](error_code) { self->ping_ = Ping::None; });
  }
}

void WebSocketConnection::count_ending(Ending ending) {
  ++shard_.metrics().endings_by[static_cast<std::size_t>(ending)];
}

}  // namespace

void serve_websocket(Shard& shard, TcpSocket socket, std::unique_ptr<UpgradeRequest> request) {
  asio::post(shard.executor(),
             [&shard, socket = std::move(socket), request = std::move(request)]() mutable {
               if (shard.service().readiness == Readiness::Stopping) return;
               auto connection = std::make_shared<WebSocketConnection>(shard, std::move(socket));
               auto& life = *connection;
               asio::co_spawn(shard.executor(), life.run(std::move(connection), std::move(request)),
                              [](std::exception_ptr failure) {
                                // Nothing in a connection throws but what leaves the whole process
                                // in doubt.
                                if (failure) std::rethrow_exception(failure);
                              });
             });
}

}  // namespace parley
