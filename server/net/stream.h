// A connection's bytes, over TCP or over TLS on TCP: an AsyncStream of Asio's, so that Beast's HTTP
// and WebSocket run on it. One class for both, because Beast's templates take seconds to compile;
// on a plain connection the difference is one branch an operation.
//
// Not asio::ssl::stream: that one keeps two buffers of 17 KiB each for as long as it lives.
//
// Thread-safety: none; belongs to its executor's shard. One read and one write may be under way at
// a time (any number of waits), and the stream must outlive them.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <string_view>
#include <utility>

#include "server/limits/address_lease.h"
#include "server/net/file_descriptor.h"
#include "server/net/tls_session.h"
#include "server/runtime/asio.h"

namespace parley {

class TlsContext;

class Stream {
 public:
  using executor_type = Executor;

  explicit Stream(TcpSocket socket) : socket_(std::move(socket)) {}
  Stream(Stream&&) noexcept = default;
  Stream& operator=(Stream&&) = delete;
  ~Stream() { close(); }

  executor_type get_executor() { return socket_.get_executor(); }
  bool is_open() const { return socket_.is_open(); }
  bool is_encrypted() const { return tls_ != nullptr; }

  // Keeps the place that the connection's address holds for as long as the connection is there.
  void keep(AddressLease lease) { lease_ = std::move(lease); }

  // The socket below. Nothing is read from or written to it past the stream.
  TcpSocket& socket() { return socket_; }

  // From here on the stream is the inner one of a TLS connection, whose handshake is still to be
  // done. `read` is what has been read of it already; at most first_bytes_needed bytes.
  // Precondition: not encrypted.
  void start_tls(const TlsContext& context, std::string_view read);

  // Precondition: encrypted.
  TlsSession& tls() { return *tls_; }

  // Waits until the socket is ready for `need`. Precondition: `need` is not Nothing.
  template <class Token>
  auto async_wait_for(TlsNeed need, Token&& token) {
    return socket_.async_wait(need == TlsNeed::Read ? TcpSocket::wait_read : TcpSocket::wait_write,
                              std::forward<Token>(token));
  }

  // What can be read or written at once. Precondition: the socket does not block.
  template <class Buffers>
  TlsOutcome read_now(const Buffers& buffers);
  template <class Buffers>
  TlsOutcome write_now(const Buffers& buffers);

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(Reading(this), token,
                                                                      buffers);
  }

  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_initiate<Token, void(error_code, std::size_t)>(Writing(this), token,
                                                                      buffers);
  }

  // What is under way ends with operation_aborted.
  void cancel();

  // Says that nothing more will be sent: TLS's closing alert, where there is TLS, and TCP's FIN.
  void shut_down_sending();

  // Closes without another word.
  void close();

  // This stream on another shard. Precondition: nothing is under way. Closed when that fails.
  Stream moved_to(const Executor& executor) &&;

  // For who waits for the socket in another way; `tls` goes on using it. Precondition: nothing is
  // under way. Without a socket when that fails.
  struct Parts {
    FileDescriptor socket;
    std::unique_ptr<TlsSession> tls;
    AddressLease lease;
  };
  Parts taken_apart() &&;

 private:
  class Initiation {
   public:
    using executor_type = Executor;
    explicit Initiation(Stream* stream) : stream_(stream) {}
    executor_type get_executor() const noexcept { return stream_->get_executor(); }

   protected:
    Stream* stream_;
  };

  struct Reading : Initiation {
    using Initiation::Initiation;
    template <class Handler, class Buffers>
    void operator()(Handler&& handler, const Buffers& buffers) const;
  };

  struct Writing : Initiation {
    using Initiation::Initiation;
    template <class Handler, class Buffers>
    void operator()(Handler&& handler, const Buffers& buffers) const;
  };

  template <class Step>
  class TlsOperation;

  static TlsOutcome outcome_of(error_code error, std::size_t bytes, TlsNeed need);

  TcpSocket socket_;
  std::unique_ptr<TlsSession> tls_;  // none on a plain connection
  AddressLease lease_;
};

template <class Buffers>
TlsOutcome Stream::read_now(const Buffers& buffers) {
  if (tls_) return tls_->read(buffers);
  error_code error;
  const std::size_t bytes = socket_.read_some(buffers, error);
  return outcome_of(error, bytes, TlsNeed::Read);
}

template <class Buffers>
TlsOutcome Stream::write_now(const Buffers& buffers) {
  if (tls_) return tls_->write(buffers);
  error_code error;
  const std::size_t bytes = socket_.write_some(buffers, error);
  return outcome_of(error, bytes, TlsNeed::Write);
}

// One operation on a TLS session: tries, waits for the socket where it must, tries again.
template <class Step>
class Stream::TlsOperation {
 public:
  TlsOperation(Stream& stream, TlsNeed first, Step step)
      : stream_(stream), need_(first), step_(std::move(step)) {}

  template <class Self>
  void operator()(Self& self, error_code error = {}) {
    // After an error of the wait the stream may be gone.
    if (error || phase_ == Phase::Done)
      return self.complete(error ? error : outcome_.error, outcome_.bytes);
    if (phase_ == Phase::Waiting || need_ == TlsNeed::Nothing) {
      outcome_ = step_(*stream_.tls_);
      need_ = outcome_.need;
    }
    if (need_ != TlsNeed::Nothing) {
      phase_ = Phase::Waiting;
      stream_.async_wait_for(need_, std::move(self));
    } else if (phase_ == Phase::Waiting) {
      self.complete(outcome_.error, outcome_.bytes);
    } else {
      // A handler is never called by the function that starts its operation.
      phase_ = Phase::Done;
      const Executor executor = stream_.get_executor();
      asio::post(executor, std::move(self));
    }
  }

 private:
  enum class Phase : std::uint8_t { Starting, Waiting, Done };

  Stream& stream_;
  TlsNeed need_;
  Step step_;
  TlsOutcome outcome_;
  Phase phase_ = Phase::Starting;
};

template <class Handler, class Buffers>
void Stream::Reading::operator()(Handler&& handler, const Buffers& buffers) const {
  if (!stream_->tls_) {
    stream_->socket_.async_read_some(buffers, std::forward<Handler>(handler));
    return;
  }
  // Where nothing is waiting inside, asking OpenSSL would only cost a buffer and a system call.
  const TlsNeed first = stream_->tls_->has_unread() ? TlsNeed::Nothing : TlsNeed::Read;
  auto step = [buffers](TlsSession& tls) { return tls.read(buffers); };
  std::decay_t<Handler> last(std::forward<Handler>(handler));
  asio::async_compose<std::decay_t<Handler>, void(error_code, std::size_t)>(
      TlsOperation<decltype(step)>(*stream_, first, std::move(step)), last, stream_->socket_);
}

template <class Handler, class Buffers>
void Stream::Writing::operator()(Handler&& handler, const Buffers& buffers) const {
  if (!stream_->tls_) {
    stream_->socket_.async_write_some(buffers, std::forward<Handler>(handler));
    return;
  }
  auto step = [buffers](TlsSession& tls) { return tls.write(buffers); };
  std::decay_t<Handler> last(std::forward<Handler>(handler));
  asio::async_compose<std::decay_t<Handler>, void(error_code, std::size_t)>(
      TlsOperation<decltype(step)>(*stream_, TlsNeed::Nothing, std::move(step)), last,
      stream_->socket_);
}

// --- What Beast asks of a stream below its own ---------------------------------------------------

inline void beast_close_socket(Stream& stream) { stream.close(); }

// Ends the connection after the WebSocket's close frames.
template <class Handler>
void async_teardown(boost::beast::role_type role, Stream& stream, Handler&& handler) {
  using boost::beast::websocket::async_teardown;
  if (stream.is_encrypted()) stream.tls().send_close_notify();
  async_teardown(role, stream.socket(), std::forward<Handler>(handler));
}

void teardown(boost::beast::role_type role, Stream& stream, error_code& error);

}  // namespace parley
