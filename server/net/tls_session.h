// One TLS connection's state (OpenSSL's SSL) on a socket that somebody else waits on: every call
// does what can be done at once and says what the socket must be ready for before the next.
//
// Thread-safety: none. It may move to another thread between two calls.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "server/net/first_bytes.h"
#include "server/runtime/asio.h"

struct ssl_st;

namespace parley {

class TlsContext;

// What the socket must be ready for before an operation can go on.
enum class TlsNeed : std::uint8_t { Nothing, Read, Write };

struct TlsOutcome {
  error_code error;  // asio::error::eof after the peer's closing alert or its FIN
  std::size_t bytes = 0;
  TlsNeed need = TlsNeed::Nothing;  // otherwise there is neither an error nor are there bytes
};

class TlsSession {
 public:
  // The server's side of a connection on `socket`, which is not owned. `read` are the bytes that
  // have been read from it; at most first_bytes_needed.
  TlsSession(const TlsContext& context, int socket, std::string_view read);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  TlsOutcome shake_hands();

  // The protocol that both sides agreed on (RFC 7301); empty where the client named none.
  std::string_view application_protocol() const;

  // Whether something has been read from the socket that read() has not yielded yet.
  bool has_unread() const;

  template <class Buffers>
  TlsOutcome read(const Buffers& buffers) {
    for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers);
         ++at) {
      const asio::mutable_buffer buffer(*at);
      if (buffer.size() > 0) return read_into(buffer);
    }
    return {};
  }

  // Writes some of it, at most a record. After TlsNeed the next call must begin with the same
  // bytes.
  template <class Buffers>
  TlsOutcome write(const Buffers& buffers) {
    return write_from(in_one_piece(buffers));
  }

  // Tells the peer that nothing more will come, as far as the socket takes it at once. Nothing can
  // be read or written from here on.
  void send_close_notify();

  // The socket is not to be touched any more: every call fails from here on.
  void detach();

 private:
  friend struct SocketBio;

  // RFC 8446 section 5.1: most bytes of a record.
  static constexpr std::size_t record_bytes = 16 * 1024;

  // The first of `buffers` where it is alone or fills a record by itself; else as many as a record
  // takes, in a buffer that is this thread's until its next call: a record of its own for each
  // frame's few bytes of header would cost a system call and 22 bytes.
  template <class Buffers>
  static asio::const_buffer in_one_piece(const Buffers& buffers) {
    asio::const_buffer only;
    for (auto at = asio::buffer_sequence_begin(buffers); at != asio::buffer_sequence_end(buffers);
         ++at) {
      const asio::const_buffer buffer(*at);
      if (buffer.size() == 0) continue;
      if (only.size() >= record_bytes) break;
      if (only.size() > 0) {
        const asio::mutable_buffer piece = scratch();
        return {piece.data(), asio::buffer_copy(piece, buffers)};
      }
      only = buffer;
    }
    return only;
  }
  static asio::mutable_buffer scratch();

  TlsOutcome read_into(asio::mutable_buffer buffer);
  TlsOutcome write_from(asio::const_buffer buffer);
  TlsOutcome outcome_of(int result);

  struct Free {
    void operator()(ssl_st* ssl) const;
  };

  // Much more than any browser's ClientHello has, post-quantum keys included: a client that sends
  // more before the handshake is done is not a browser.
  static constexpr std::size_t max_handshake_bytes = 32 * 1024;
  static constexpr std::size_t unlimited = SIZE_MAX;

  int socket_;
  bool has_ended_ = false;  // the peer has sent its FIN
  std::uint8_t read_size_ = 0;
  std::uint8_t read_at_ = 0;
  std::array<char, first_bytes_needed> read_{};  // given to OpenSSL before what the socket yields
  std::size_t handshake_bytes_left_ = max_handshake_bytes;
  std::unique_ptr<ssl_st, Free> ssl_;
};

}  // namespace parley
