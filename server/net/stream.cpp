#include "server/net/stream.h"

namespace parley {

void Stream::start_tls(const TlsContext& context, std::string_view read) {
  tls_ = std::make_unique<TlsSession>(context, socket_.native_handle(), read);
}

TlsOutcome Stream::outcome_of(error_code error, std::size_t bytes, TlsNeed need) {
  if (error == asio::error::would_block) return {{}, 0, need};
  return {error, bytes, TlsNeed::Nothing};
}

void Stream::cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

void Stream::shut_down_sending() {
  if (tls_) tls_->send_close_notify();
  error_code ignored;
  socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

void Stream::close() {
  // The number of the socket may be another connection's a moment later.
  if (tls_) tls_->detach();
  error_code ignored;
  socket_.close(ignored);
}

Stream Stream::moved_to(const Executor& executor) && {
  Stream moved{TcpSocket(executor)};
  error_code error;
  const auto protocol = socket_.local_endpoint(error).protocol();
  const auto handle = error ? -1 : socket_.release(error);
  if (!error) moved.socket_.assign(protocol, handle, error);
  if (!error) moved.tls_ = std::move(tls_);
  moved.lease_ = std::move(lease_);
  return moved;
}

Stream::Parts Stream::taken_apart() && {
  error_code error;
  const auto handle = socket_.release(error);
  if (error) return {};
  return {FileDescriptor(handle), std::move(tls_), std::move(lease_)};
}

void teardown(boost::beast::role_type role, Stream& stream, error_code& error) {
  if (stream.is_encrypted()) stream.tls().send_close_notify();
  boost::beast::websocket::teardown(role, stream.socket(), error);
}

}  // namespace parley
