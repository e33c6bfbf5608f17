// A stream that takes whatever is written to it whole, and sends it at once where the socket lets
// it: a SyncStream and AsyncStream of Asio's, below Beast's WebSocket.
//
// For small messages an operation that ends later costs more than the sending: a turn of the loop,
// a wait for the socket and a handler. What the socket does not take at once is kept and goes
// before everything that is written later, so that frames never mix, whoever writes them: the
// server its messages, the WebSocket its pongs and close frames.
//
// Thread-safety: that of Stream; any number of writes may be under way.
#pragma once

#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_suffix.hpp>
#include <boost/system/system_error.hpp>
#include <cstddef>
#include <string>
#include <utility>

#include "server/net/stream.h"

namespace parley {

class FrameStream {
 public:
  using executor_type = Executor;
  using next_layer_type = Stream;

  // Precondition: nothing is under way on `stream`.
  explicit FrameStream(Stream stream);

  Stream& next_layer() { return stream_; }
  const Stream& next_layer() const { return stream_; }
  executor_type get_executor() { return stream_.get_executor(); }

  // How much has been written that the socket has not taken yet. Nothing bounds it but the writer.
  std::size_t unsent_bytes() const { return unsent_.size(); }

  // Takes all of `buffers`. The error is the socket's.
  template <class Buffers>
  std::size_t write_some(const Buffers& buffers, error_code& error);

  // What has come already; would_block where nothing has.
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers, error_code& error);

  // The same with errors thrown. Not used, but Beast wants all four of a SyncStream.
  template <class Buffers>
  std::size_t write_some(const Buffers& buffers);
  template <class Buffers>
  std::size_t read_some(const Buffers& buffers);

  // Waits until nothing is unsent, takes all of `buffers`, and ends when they have been sent.
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return asio::async_compose<Token, void(error_code, std::size_t)>(
        Writing<Buffers>(*this, buffers), token, stream_.socket());
  }

  // Ends when nothing is unsent.
  template <class Token>
  auto async_send_rest(Token&& token) {
    return async_write_some(asio::const_buffer(), std::forward<Token>(token));
  }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return stream_.async_read_some(buffers, std::forward<Token>(token));
  }

 private:
  template <class Buffers>
  class Writing;

  // Sends of what is unsent as much as the socket takes. What the socket must be ready for before
  // it takes more; Nothing when nothing is unsent, or after an error.
  TlsNeed send_unsent(error_code& error);

  Stream stream_;
  std::string unsent_;  // holds no memory while it is empty
};

template <class Buffers>
std::size_t FrameStream::write_some(const Buffers& buffers, error_code& error) {
  boost::beast::buffers_suffix<Buffers> rest(buffers);
  const std::size_t bytes = asio::buffer_size(buffers);
  std::size_t sent = 0;
  error = {};
  while (unsent_.empty() && sent < bytes) {
    const TlsOutcome outcome = stream_.write_now(rest);
    if (outcome.error) {
      error = outcome.error;
      return sent;
    }
    if (outcome.need != TlsNeed::Nothing) break;
    sent += outcome.bytes;
    rest.consume(outcome.bytes);
  }
  for (const asio::const_buffer piece : rest) {
    unsent_.append(static_cast<const char*>(piece.data()), piece.size());
  }
  return bytes;
}

template <class Buffers>
std::size_t FrameStream::read_some(const Buffers& buffers, error_code& error) {
  const TlsOutcome outcome = stream_.read_now(buffers);
  error = outcome.need == TlsNeed::Nothing ? outcome.error : asio::error::would_block;
  return outcome.bytes;
}

template <class Buffers>
std::size_t FrameStream::write_some(const Buffers& buffers) {
  error_code error;
  const std::size_t bytes = write_some(buffers, error);
  if (error) throw boost::system::system_error(error);
  return bytes;
}

template <class Buffers>
std::size_t FrameStream::read_some(const Buffers& buffers) {
  error_code error;
  const std::size_t bytes = read_some(buffers, error);
  if (error) throw boost::system::system_error(error);
  return bytes;
}

template <class Buffers>
class FrameStream::Writing {
 public:
  Writing(FrameStream& stream, const Buffers& buffers) : stream_(stream), buffers_(buffers) {}

  template <class Self>
  void operator()(Self& self, error_code error = {}) {
    // After an error of the wait the stream may be gone.
    if (error || phase_ == Phase::Done) return self.complete(error ? error : error_, bytes_);

    TlsNeed need = stream_.send_unsent(error_);
    if (need == TlsNeed::Nothing && !error_ && phase_ == Phase::Queuing) {
      phase_ = Phase::Sending;
      bytes_ = stream_.write_some(buffers_, error_);
      need = error_ ? TlsNeed::Nothing : stream_.send_unsent(error_);
    }
    if (need != TlsNeed::Nothing) {
      stream_.stream_.async_wait_for(need, std::move(self));
    } else {
      // A handler is never called by the function that starts its operation.
      phase_ = Phase::Done;
      asio::post(stream_.get_executor(), std::move(self));
    }
  }

 private:
  enum class Phase : std::uint8_t { Queuing, Sending, Done };

  FrameStream& stream_;
  Buffers buffers_;
  std::size_t bytes_ = 0;
  error_code error_;
  Phase phase_ = Phase::Queuing;
};

// --- What Beast asks of a stream below its own ---------------------------------------------------

template <class Handler>
void async_teardown(boost::beast::role_type role, FrameStream& stream, Handler&& handler) {
  async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
}

inline void teardown(boost::beast::role_type role, FrameStream& stream, error_code& error) {
  teardown(role, stream.next_layer(), error);
}

}  // namespace parley
