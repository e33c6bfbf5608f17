#include "server/net/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <cstring>
#include <new>
#include <span>

#include "server/net/tls_context.h"

namespace parley {

// OpenSSL's way to the socket (a BIO). Its own for sockets writes without MSG_NOSIGNAL and cannot
// be given bytes that have been read before.
struct SocketBio {
  static TlsSession& session(BIO* bio) { return *static_cast<TlsSession*>(BIO_get_data(bio)); }

  static int read(BIO* bio, char* data, int size) {
    TlsSession& tls = session(bio);
    BIO_clear_retry_flags(bio);
    if (tls.read_at_ < tls.read_size_) {
      const int count = std::min(size, tls.read_size_ - tls.read_at_);
      std::memcpy(data, tls.read_.data() + tls.read_at_, static_cast<std::size_t>(count));
      tls.read_at_ = static_cast<std::uint8_t>(tls.read_at_ + count);
      return count;
    }
    if (tls.handshake_bytes_left_ == 0) {
      errno = EMSGSIZE;
      return -1;
    }
    const auto got =
        recv(tls.socket_, data, std::min(static_cast<std::size_t>(size), tls.handshake_bytes_left_),
             MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    if (got == 0) tls.has_ended_ = true;
    if (got > 0 && tls.handshake_bytes_left_ != TlsSession::unlimited) {
      tls.handshake_bytes_left_ -= static_cast<std::size_t>(got);
    }
    return static_cast<int>(got);
  }

  static int write(BIO* bio, const char* data, int size) {
    BIO_clear_retry_flags(bio);
    const auto sent = send(session(bio).socket_, data, static_cast<std::size_t>(size),
                           MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
  }

  static long control(BIO* bio, int command, long, void*) {
    if (command == BIO_CTRL_FLUSH) return 1;
    if (command == BIO_CTRL_EOF) return session(bio).has_ended_ ? 1 : 0;
    return 0;
  }

  static const BIO_METHOD* method() {
    static const BIO_METHOD* const shared = [] {
      BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "parley socket");
      if (made == nullptr) throw std::bad_alloc();
      BIO_meth_set_read(made, read);
      BIO_meth_set_write(made, write);
      BIO_meth_set_ctrl(made, control);
      return made;
    }();
    return shared;
  }
};

void TlsSession::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

TlsSession::TlsSession(const TlsContext& context, int socket, std::string_view read)
    : socket_(socket), ssl_(SSL_new(context.native())) {
  read_size_ = static_cast<std::uint8_t>(read.copy(read_.data(), read_.size()));
  BIO* bio = ssl_ ? BIO_new(SocketBio::method()) : nullptr;
  if (bio == nullptr) throw std::bad_alloc();
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_accept_state(ssl_.get());
}

TlsSession::~TlsSession() = default;

TlsOutcome TlsSession::shake_hands() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_.get());
  if (result != 1) return outcome_of(result);
  handshake_bytes_left_ = unlimited;
  return {};
}

std::string_view TlsSession::application_protocol() const {
  const unsigned char* name = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

bool TlsSession::has_unread() const { return SSL_has_pending(ssl_.get()) == 1; }

TlsOutcome TlsSession::read_into(asio::mutable_buffer buffer) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &bytes);
  return result == 1 ? TlsOutcome{{}, bytes, TlsNeed::Nothing} : outcome_of(result);
}

TlsOutcome TlsSession::write_from(asio::const_buffer buffer) {
  if (buffer.size() == 0) return {};
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_write_ex(ssl_.get(), buffer.data(), buffer.size(), &bytes);
  return result == 1 ? TlsOutcome{{}, bytes, TlsNeed::Nothing} : outcome_of(result);
}

TlsOutcome TlsSession::outcome_of(int result) {
  const int system_error = errno;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {{}, 0, TlsNeed::Read};
    case SSL_ERROR_WANT_WRITE:
      return {{}, 0, TlsNeed::Write};
    case SSL_ERROR_ZERO_RETURN:
      return {asio::error::eof, 0, TlsNeed::Nothing};
    case SSL_ERROR_SYSCALL:
      if (has_ended_) return {asio::error::eof, 0, TlsNeed::Nothing};
      if (system_error == 0) break;
      return {error_code(system_error, boost::system::system_category()), 0, TlsNeed::Nothing};
    default:
      break;
  }
  return {make_error_code(boost::system::errc::protocol_error), 0, TlsNeed::Nothing};
}

void TlsSession::send_close_notify() {
  ERR_clear_error();
  // RFC 8446 section 6.1. In the handshake there is nothing to close yet.
  if (socket_ >= 0 && SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
  detach();
}

void TlsSession::detach() { socket_ = -1; }

asio::mutable_buffer TlsSession::scratch() {
  static thread_local std::array<char, record_bytes> piece;
  return asio::buffer(piece);
}

}  // namespace parley
