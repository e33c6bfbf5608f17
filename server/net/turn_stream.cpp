#include "server/net/turn_stream.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "server/net/socket_address.h"
#include "server/net/socket_option.h"

namespace parley {
namespace {

using turn::action::Content;

// What may wait for a client that does not take it. A packet that finds no room is lost, as in a
// router whose queue is full: its sender slows down, while memory and delay stay bounded. (Not the
// oldest one, as the stream may have its beginning already.) 64 KiB are a picture of a high bitrate
// sent at once, and half a second of a call at 1 Mbit/s.
constexpr std::size_t most_waiting = 64 * 1024;

// Further room for answers: some dozens, more than any client has requests under way.
constexpr std::size_t room_for_answers = 8 * 1024;

// For what is on its way to the client: 8 Mbit/s over a line of 200 ms.
constexpr int kernel_send_bytes = 200 * 1024;

// Of which so much may not have been sent yet (tcp(7)): what waits longer is old when it comes.
constexpr int kernel_unsent_bytes = 16 * 1024;

// A client that acknowledges nothing for so long is gone.
constexpr auto gone_after = std::chrono::milliseconds(std::chrono::seconds(30));

template <class Ask>
TransportAddress address_by(Ask ask, int socket) {
  SocketAddress name{};
  socklen_t size = sizeof name;
  // Fails for who has gone meanwhile, which the first read finds out.
  return ask(socket, &name.any, &size) == 0 ? from_socket_address(name) : TransportAddress();
}

TlsOutcome outcome_of(ssize_t result, TlsNeed need) {
  if (result > 0) return {{}, static_cast<std::size_t>(result), TlsNeed::Nothing};
  if (result == 0) return {asio::error::eof, 0, TlsNeed::Nothing};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {{}, 0, need};
  return {error_code(errno, boost::system::system_category()), 0, TlsNeed::Nothing};
}

}  // namespace

TurnStream::TurnStream(Stream stream, std::string_view read, std::uint64_t number)
    : frames_(longest_frame) {
  auto parts = std::move(stream).taken_apart();
  socket_ = std::move(parts.socket);
  tls_ = std::move(parts.tls);
  lease_ = std::move(parts.lease);
  client_ = {tls_ ? turn::Transport::Tls : turn::Transport::Tcp,
             address_by(getsockname, socket_.get()), address_by(getpeername, socket_.get()),
             number};
  set_socket_option(socket_.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  set_socket_option(socket_.get(), SOL_SOCKET, SO_SNDBUF, kernel_send_bytes);
  set_socket_option(socket_.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, kernel_unsent_bytes);
  set_socket_option(socket_.get(), IPPROTO_TCP, TCP_USER_TIMEOUT,
                    static_cast<int>(gone_after.count()));

  std::array<std::uint8_t, first_bytes_needed> begun{};
  std::ranges::copy(read, begun.begin());
  // Shorter than any message, so that it is only kept.
  static_cast<void>(
      frames_.cut(std::span(begun).first(read.size()), [](std::span<std::uint8_t>) {}));
}

TurnStream::~TurnStream() {
  if (tls_) tls_->send_close_notify();
}

TlsOutcome TurnStream::receive(asio::mutable_buffer buffer) {
  if (tls_) return tls_->read(buffer);
  return outcome_of(recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT), TlsNeed::Read);
}

TlsOutcome TurnStream::write(asio::const_buffer bytes) {
  if (tls_) return tls_->write(bytes);
  return outcome_of(send(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL),
                    TlsNeed::Write);
}

bool TurnStream::push(Bytes bytes, Content content) {
  const std::size_t most =
      content == Content::Answer ? most_waiting + room_for_answers : most_waiting;
  if (waiting_.size() + bytes.size() > most) return false;
  waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
  return true;
}

error_code TurnStream::flush() {
  TlsOutcome outcome;
  std::size_t sent = 0;
  while (sent < waiting_.size() && !outcome.error && outcome.need == TlsNeed::Nothing) {
    outcome = write(asio::buffer(waiting_.data() + sent, waiting_.size() - sent));
    sent += outcome.bytes;
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(sent));
  blocked_on_ = outcome.need;
  return outcome.error;
}

void TurnStream::trim() {
  if (waiting_.empty()) waiting_.shrink_to_fit();
}

}  // namespace parley
